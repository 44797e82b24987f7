package io.nanoswarm.offline.imports;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.imports.FileFacts.Start;
import io.nanoswarm.offline.workspace.SourceText;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Reads Java with the parser of the JDK. Nothing is resolved or compiled, and mistakes in a file
 * are no concern of ours.
 *
 * <p>To be touched just where {@link #areHere}: a runtime without a compiler has not even the
 * types.
 */
final class JavaTrees implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-implicit:none", "-Xlint:none");

  private final JavaCompiler compiler;
  private final StandardJavaFileManager files;

  /** Names come again and again, and each is kept once. */
  private final Map<String, String> strings = new HashMap<>();

  private JavaTrees(JavaCompiler compiler) {
    this.compiler = compiler;
    this.files = compiler.getStandardFileManager(_ -> {}, null, null);
  }

  static boolean areHere() {
    return ModuleLayer.boot().findModule("jdk.compiler").isPresent();
  }

  static JavaTrees ofThisRuntime() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("this runtime has no compiler; ask areHere() first");
    }
    return new JavaTrees(compiler);
  }

  /** The facts of some files, in their order; their trees are in memory all at once. */
  List<FileFacts> read(List<SourceText> sources) throws IOException {
    var given = new ArrayList<Text>(sources.size());
    for (SourceText source : sources) {
      given.add(new Text(given.size(), source));
    }
    var task = (JavacTask) compiler.getTask(null, files, _ -> {}, OPTIONS, null, given);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    var facts = new HashMap<URI, FileFacts>();
    for (CompilationUnitTree unit : task.parse()) {
      facts.put(unit.getSourceFile().toUri(), new Reader(unit, positions, strings).facts());
    }
    return given.stream().map(text -> facts.getOrDefault(text.toUri(), FileFacts.NONE)).toList();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  private static final class Text extends SimpleJavaFileObject {
    private final SourceText source;

    /**
     * @param number which of the batch it is: the compiler hands out files of its own, and knows
     *     ours by their names
     */
    Text(int number, SourceText source) {
      super(URI.create("string:///%d.java".formatted(number)), JavaFileObject.Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return String.join("\n", source.lines());
    }
  }

  /** One walk through the tree of a file. */
  private static final class Reader extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;
    private final Map<String, String> strings;
    private final List<String> names = new ArrayList<>();
    private final List<Named> imports = new ArrayList<>();
    private final List<Start> starts = new ArrayList<>();
    private final Map<String, Integer> uses = new LinkedHashMap<>();
    private String type = "";

    Reader(CompilationUnitTree unit, SourcePositions positions, Map<String, String> strings) {
      this.unit = unit;
      this.positions = positions;
      this.lines = unit.getLineMap();
      this.strings = strings;
    }

    FileFacts facts() {
      for (ImportTree each : unit.getImports()) {
        if (!each.isModule()) {
          imports.add(new Named(once(each.getQualifiedIdentifier().toString()), line(each)));
        }
      }
      scan(unit.getTypeDecls(), null);
      var mentioned = new ArrayList<Named>();
      uses.forEach((name, line) -> mentioned.add(new Named(name, line)));
      var space = unit.getPackageName();
      return new FileFacts(
          space == null ? "" : once(space.toString()), names, imports, mentioned, starts);
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
      String outer = type;
      if (outer.isEmpty()) {
        type = tree.getSimpleName().toString();
        names.add(type);
      }
      super.visitClass(tree, null);
      type = outer;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void nothing) {
      boolean begins =
          tree.getName().contentEquals("main")
              && tree.getModifiers().getFlags().contains(Modifier.STATIC)
              && tree.getReturnType() != null
              && tree.getReturnType().toString().equals("void")
              && tree.getParameters().size() == 1
              && tree.getParameters().getFirst().getType().toString().startsWith("String");
      if (begins) {
        starts.add(new Start("Java main", type, (int) lines.getLineNumber(name(tree))));
      }
      return super.visitMethod(tree, null);
    }

    /** A method begins with its annotations; the line with its name says more. */
    private long name(MethodTree tree) {
      Tree result = tree.getReturnType();
      return positions.getStartPosition(unit, result == null ? tree : result);
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void nothing) {
      String name = tree.getName().toString();
      if (!name.isEmpty() && Character.isUpperCase(name.charAt(0)) && !uses.containsKey(name)) {
        uses.put(once(name), line(tree));
      }
      return super.visitIdentifier(tree, null);
    }

    private String once(String name) {
      return strings.computeIfAbsent(name, same -> same);
    }

    private int line(Tree tree) {
      long position = positions.getStartPosition(unit, tree);
      return position < 0 ? 1 : (int) lines.getLineNumber(position);
    }
  }
}
