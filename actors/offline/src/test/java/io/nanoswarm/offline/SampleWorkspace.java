package io.nanoswarm.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small shop, and enough else to fill two parts. */
final class SampleWorkspace {
  private SampleWorkspace() {}

  static void write(Path root) throws IOException {
    write(
        root,
        "ReadMe.md",
        """
        # The shop

        ## Overview

        This folder is about a shop that sells chairs, and its purpose is to show how orders travel.
        """);
    write(
        root,
        "src/shop/Courier.java",
        """
        /* Copyright the shop. Licensed under nothing. */
        package shop;

        import java.util.List;

        /** Carries orders to those who wait for them. */
        public final class Courier {

          /**
           * Takes an order along.
           *
           * <p>An order that its courier loses is sent again, free of charge, by another courier.
           * The customer is told within a day.
           */
          void carry(Order order) {
            bag.add(order);
          }

          /** Rests for {@code minutes}. */
          void rest(int minutes) {
            clock.wait(minutes);
          }
        }
        """);
    write(
        root,
        "src/shop/Invoice.java",
        """
        package shop;

        /**
         * What a customer owes. Invoices are numbered by year and counter, without gaps.
         */
        record Invoice(int year, int counter, Price price) {}
        """);
    write(
        root,
        "src/shop/Price.java",
        """
        package shop;

        /** An amount of money. A Price has the currency of the country the customer lives in. */
        record Price(long cents, String currency) {}
        """);
    for (int i = 0; i < 70; i++) {
      write(
          root,
          "catalogue/chair-%02d.md".formatted(i),
          """
          # Chair %d

          A chair with %d legs that an order may hold. The courier carries %d of them at once.

          Its price is listed in the currency of the shop, and its invoice says how to sit.
          """
              .formatted(i, 3 + i % 2, 1 + i));
    }
  }

  private static void write(Path root, String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
