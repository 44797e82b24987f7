package io.nanoswarm.offline.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One small workspace for each language, and all that depends on what in it. */
class LinksTest {
  private final Map<String, String> files = new TreeMap<>();

  @Test
  void java_by_imports_members_of_a_package_and_types_beside() {
    file(
        "a/src/shop/Till.java",
        "package shop;",
        "import money.Price;",
        "",
        "class Till {",
        "  Price price;",
        "  Drawer drawer;",
        "}");
    file(
        "a/src/shop/Drawer.java",
        "package shop;",
        "import static money.Price.Rounding.UP;",
        "class Drawer {}");
    file(
        "b/src/money/Price.java",
        "package money;",
        "public record Price() {",
        "  enum Rounding { UP }",
        "}");
    file("b/src/money/Tax.java", "package money;", "import shop.*;", "class Tax { Till till; }");

    assertThat(links())
        .containsExactly(
            "a/src/shop/Drawer.java:2 b/src/money/Price.java",
            "a/src/shop/Till.java:2 b/src/money/Price.java",
            "a/src/shop/Till.java:6 a/src/shop/Drawer.java",
            "b/src/money/Tax.java:3 a/src/shop/Till.java");
  }

  @Test
  void of_types_that_are_declared_twice_the_nearest_is_meant() {
    file("x/main/Price.java", "package money;", "class Price {}");
    file("y/main/Price.java", "package money;", "class Price {}");
    file("y/main/Till.java", "package shop;", "import money.Price;", "class Till { Price price; }");

    assertThat(links()).containsExactly("y/main/Till.java:2 y/main/Price.java");
  }

  @Test
  void kotlin_and_scala_by_what_they_declare_at_the_top() {
    file(
        "k/Price.kt",
        "package money",
        "fun rounded(x: Int) = x",
        "data class Price(val cents: Int)");
    file(
        "k/Till.kt",
        "package shop",
        "import money.rounded",
        "class Till { val drawer = Drawer() }");
    file("k/Drawer.kt", "package shop", "class Drawer // not a Till");
    file(
        "s/Till.scala",
        "package shop.scala",
        "import money.{Price => Cost, rounded}",
        "object Till { /* Drawer */ }");

    assertThat(links())
        .containsExactly(
            "k/Till.kt:2 k/Price.kt", "k/Till.kt:3 k/Drawer.kt", "s/Till.scala:2 k/Price.kt");
  }

  @Test
  void scala_by_the_last_name_of_a_package_that_was_imported() {
    file("s/Actor.scala", "package org.acme.actor", "trait Actor");
    file(
        "s/Till.scala",
        "package org.shop",
        "import org.acme",
        "import acme.actor.Actor",
        "class Till extends Actor");

    assertThat(links()).containsExactly("s/Till.scala:3 s/Actor.scala");
  }

  @Test
  void python_by_packages_relative_ones_and_scripts_beside() {
    file("src/shop/__init__.py", "\"\"\"import nothing\"\"\"");
    file(
        "src/shop/till.py",
        "import json",
        "from money.price import (",
        "    Price,",
        "    TAX)",
        "from . import drawer",
        "from .drawer import open_it",
        "from .. import nowhere");
    file("src/shop/drawer.py", "# import till", "import shop.till as t");
    file("src/money/__init__.py", "from .price import Price");
    file("src/money/price.py", "TAX = 1");
    file("tools/run.py", "import helper", "from shop import Shop");
    file("tools/helper.py", "pass");
    file("src/shop/json.py", "pass");

    assertThat(links())
        .containsExactly(
            "src/money/__init__.py:1 src/money/price.py",
            "src/shop/drawer.py:2 src/shop/till.py",
            "src/shop/till.py:3 src/money/price.py",
            "src/shop/till.py:5 src/shop/drawer.py",
            "tools/run.py:1 tools/helper.py",
            "tools/run.py:2 src/shop/__init__.py");
  }

  @Test
  void javascript_and_typescript_by_path_and_by_package() {
    file(
        "packages/money/package.json",
        "{",
        "  \"name\": \"@shop/money\",",
        "  \"main\": \"src/price.ts\"",
        "}");
    file("packages/money/src/price.ts", "export const price = 1");
    file("packages/till/package.json", "{ ", "  \"name\": \"till\" }");
    file(
        "packages/till/src/index.ts",
        "import { price } from '@shop/money';",
        "export * from \"./drawer.js\"",
        "import React from 'react'",
        "const lazy = () => import('./parts')",
        "// import './ghost'");
    file("packages/till/src/drawer.ts", "const x = require('../../money/src/price')");
    file("packages/till/src/parts/index.tsx", "import d from '@/drawer'");
    file("packages/till/src/ghost.ts", "export {}");

    assertThat(links())
        .containsExactly(
            "packages/till/src/drawer.ts:1 packages/money/src/price.ts",
            "packages/till/src/index.ts:1 packages/money/src/price.ts",
            "packages/till/src/index.ts:2 packages/till/src/drawer.ts",
            "packages/till/src/index.ts:4 packages/till/src/parts/index.tsx",
            "packages/till/src/parts/index.tsx:1 packages/till/src/drawer.ts");
  }

  @Test
  void go_by_packages_which_are_folders() {
    file("go.mod", "module example.org/shop", "go 1.25");
    file(
        "main.go",
        "package main",
        "import (",
        "\t\"fmt\"",
        "\tm \"example.org/shop/money\"",
        ")",
        "import \"example.org/other\"",
        "func main() {}");
    file("money/price.go", "package money");

    assertThat(links()).containsExactly("main.go:4 money/");
  }

  @Test
  void rust_by_modules_and_uses_of_this_and_other_crates() {
    file("till/Cargo.toml", "[package]", "name = \"the-till\"");
    file(
        "till/src/main.rs",
        "mod drawer;",
        "use money::{price::Price, tax};",
        "use std::fmt;",
        "fn main() {}");
    file("till/src/drawer.rs", "mod lock;", "use crate::drawer::lock::Lock;");
    file("till/src/drawer/lock.rs", "use super::super::main_thing;");
    file("money/Cargo.toml", "[package]", "name = \"money\"");
    file("money/src/lib.rs", "pub mod price;");
    file("money/src/price/mod.rs", "pub struct Price;");

    assertThat(links())
        .containsExactly(
            "money/src/lib.rs:1 money/src/price/mod.rs",
            "till/src/drawer.rs:1 till/src/drawer/lock.rs",
            "till/src/drawer/lock.rs:1 till/src/main.rs",
            "till/src/main.rs:1 till/src/drawer.rs",
            "till/src/main.rs:2 money/src/lib.rs",
            "till/src/main.rs:2 money/src/price/mod.rs");
  }

  @Test
  void c_by_includes_beside_below_and_elsewhere() {
    file(
        "src/till.c",
        "#include <stdio.h>",
        "#include \"drawer.h\"",
        "#include <money/price.h>",
        "int main(void) {}");
    file("src/drawer.h", "/* #include \"till.c\" */");
    file("src/stdio.h", "// not the system's");
    file("include/money/price.h", "#pragma once");

    assertThat(links())
        .containsExactly("src/till.c:2 src/drawer.h", "src/till.c:3 include/money/price.h");
  }

  @Test
  void documents_by_their_links() {
    file(
        "README.md",
        "See [the guide](docs/guide.md#start) and [all](docs/).",
        "```",
        "[no](docs/guide.md)",
        "```",
        "[web](https://example.org) [top](#top)");
    file(
        "docs/guide.md",
        "Back [home](../README.md), [out](../../etc/passwd)",
        "",
        "[code]: ../src/till.c");
    file("src/till.c", "int x;");

    assertThat(links())
        .containsExactly(
            "README.md:1 docs/",
            "README.md:1 docs/guide.md",
            "docs/guide.md:1 README.md",
            "docs/guide.md:3 src/till.c");
  }

  @Test
  void the_order_in_which_files_are_read_does_not_matter() {
    for (int i = 0; i < 20; i++) {
      file(
          "p/T%d.java".formatted(i),
          "package p;",
          "class T%d { T%d next; T3 third; }".formatted(i, (i + 7) % 20));
    }
    List<Link> sorted =
        Links.of(facts(new ArrayList<>(files.keySet())), List.copyOf(files.keySet()), this::lines);
    var paths = new ArrayList<>(files.keySet());
    Collections.reverse(paths);

    assertThat(Links.of(facts(paths), paths, this::lines)).isEqualTo(sorted).isNotEmpty();
  }

  private void file(String path, String... lines) {
    files.put(path, String.join("\n", lines));
  }

  private List<String> lines(String path) {
    return Arrays.asList(files.getOrDefault(path, "").split("\n", -1));
  }

  private Map<String, FileFacts> facts(List<String> paths) {
    var facts = new LinkedHashMap<String, FileFacts>();
    for (String path : paths) {
      SourceLanguage language = SourceLanguage.of(path);
      if (language != SourceLanguage.OTHER) {
        facts.put(path, WorkspaceFacts.of(language, lines(path)));
      }
    }
    return facts;
  }

  private List<String> links() {
    List<String> paths = List.copyOf(files.keySet());
    return Links.of(facts(paths), paths, this::lines).stream()
        .map(link -> "%s:%d %s".formatted(link.from(), link.line(), link.to()))
        .toList();
  }
}
