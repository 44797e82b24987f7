package io.nanoswarm.samples.nanobot;

import java.util.List;
import java.util.Map;

/** What an agent does with one of nanobot's skills: as its text says, with values put in. */
sealed interface Exercise {

  /**
   * Commands that its text tells an agent to run.
   *
   * @param steps in order; each has to go well
   */
  record Commands(List<Step> steps) implements Exercise {
    public Commands {
      steps = List.copyOf(steps);
    }
  }

  /**
   * It tells an agent to call what no command is.
   *
   * @param why for people
   */
  record NoCommands(String why) implements Exercise {}

  /**
   * One command. {@code {baseDir}} stands for the skill's folder, {@code {workspace}} for that of
   * the session.
   *
   * @param quoted words of the skill's text that tell it; if they are gone, so is the exercise
   * @param command those words, with values put in
   * @param expected words of its output
   * @param inFolder whether it is run in the skill's folder, to which its text is relative
   */
  record Step(String quoted, String command, String expected, boolean inFolder) {
    static Step of(String quoted, String command, String expected) {
      return new Step(quoted, command, expected, false);
    }

    Step inItsFolder() {
      return new Step(quoted, command, expected, true);
    }
  }

  /** For a skill that has none here, it is to be read and no more. */
  static Exercise of(String skill) {
    return Exercises.ALL.getOrDefault(
        skill, new NoCommands("nobody has written an exercise for it"));
  }

  /** By the skill. */
  final class Exercises {
    private static final Step PAGE =
        Step.of(
            "`--extract-only` (URLs only)",
            """
            printf '<html><body><article><h1>Tea</h1><p>%s</p><p>%s</p></article></body></html>' \\
              'Tea is made by pouring hot water over leaves, and it is older than coffee is.' \\
              'Black tea is oxidised, and green tea is not; both come from one plant.' > tea.html
            python3 -u -m http.server 0 --bind 127.0.0.1 > server.log 2>&1 &
            until port=$(sed -n 's/.* port \\([0-9]*\\) .*/\\1/p' server.log); [ -n "$port" ]; do sleep 0.1; done
            HOME={workspace} summarize "http://127.0.0.1:$port/tea.html" --extract-only
            ended=$?
            kill %1
            exit $ended
            """,
            "both come from one plant");

    private static final Map<String, Exercise> ALL =
        Map.ofEntries(
            Map.entry(
                "clawhub",
                new Commands(
                    List.of(
                        Step.of(
                            "npx --yes clawhub@latest list --workdir ~/.nanobot/workspace",
                            "npx --yes clawhub@latest list --workdir ~/.nanobot/workspace",
                            "No installed skills")))),
            Map.entry("cron", new NoCommands("its calls are those of nanobot's tool `cron`")),
            Map.entry(
                "github",
                new Commands(
                    List.of(
                        Step.of(
                            "gh api repos/owner/repo/pulls/55 --jq '.title, .state, .user.login'",
                            "gh api repos/HKUDS/nanobot/pulls/55 --jq '.title, .state,"
                                + " .user.login'",
                            "closed")))),
            Map.entry(
                "image-generation",
                new NoCommands("its calls are those of nanobot's tool `generate_image`")),
            Map.entry("memory", new NoCommands("its calls are those of nanobot's tool `grep`")),
            Map.entry("my", new NoCommands("its calls are those of nanobot's tool `my`")),
            Map.entry("skill-creator", new Commands(skillCreator())),
            Map.entry("summarize", new Commands(List.of(PAGE))),
            Map.entry("tmux", new Commands(List.of(tmux()))),
            Map.entry("update-setup", new NoCommands("it asks a person how nanobot was installed")),
            Map.entry(
                "weather",
                new Commands(
                    List.of(
                        Step.of(
                            "curl -s \"https://wttr.in/London?format=3\"",
                            "curl -s \"https://wttr.in/London?format=3\"",
                            "London")))));

    private Exercises() {}

    private static List<Step> skillCreator() {
      return List.of(
          Step.of(
                  "scripts/init_skill.py <skill-name> --path <output-directory>"
                      + " [--resources scripts,references,assets] [--examples]",
                  "scripts/init_skill.py tea-facts --path {workspace}/skills --resources scripts"
                      + " --examples",
                  "tea-facts")
              .inItsFolder(),
          Step.of(
              "### Step 4: Edit the Skill",
              """
              cat > skills/tea-facts/SKILL.md <<'END'
              ---
              name: tea-facts
              description: Tells facts about tea. Use it when somebody asks about tea.
              ---

              # Tea

              Run `scripts/facts.sh`.
              END
              rm skills/tea-facts/scripts/*
              echo 'echo green' > skills/tea-facts/scripts/facts.sh
              ls skills/tea-facts/scripts
              """,
              "facts.sh"),
          Step.of(
                  "scripts/package_skill.py <path/to/skill-folder> ./dist",
                  "PYTHONDONTWRITEBYTECODE=1 scripts/package_skill.py {workspace}/skills/tea-facts"
                      + " {workspace}/dist && ls {workspace}/dist",
                  "tea-facts.skill")
              .inItsFolder());
    }

    /** In one command: what a command has started ends with it, tmux's server as well. */
    private static Step tmux() {
      String quickstart =
          """
          SOCKET_DIR="${NANOBOT_TMUX_SOCKET_DIR:-${TMPDIR:-/tmp}/nanobot-tmux-sockets}"
          mkdir -p "$SOCKET_DIR"
          SOCKET="$SOCKET_DIR/nanobot.sock"
          SESSION=nanobot-python

          tmux -S "$SOCKET" new -d -s "$SESSION" -n shell
          tmux -S "$SOCKET" send-keys -t "$SESSION":0.0 -- 'PYTHON_BASIC_REPL=1 python3 -q' Enter
          tmux -S "$SOCKET" capture-pane -p -J -t "$SESSION":0.0 -S -200
          """;
      return Step.of(
          quickstart,
          """
          export NANOBOT_TMUX_SOCKET_DIR={workspace}/sockets
          """
              + quickstart
              + """
              {baseDir}/scripts/find-sessions.sh -S "$SOCKET"
              export TMUX="$SOCKET,0,0"
              {baseDir}/scripts/wait-for-text.sh -t "$SESSION":0.0 -p '>>>' -T 20
              tmux -S "$SOCKET" send-keys -t "$SESSION":0.0 -l -- 'print(6 * 7)'
              tmux -S "$SOCKET" send-keys -t "$SESSION":0.0 Enter
              {baseDir}/scripts/wait-for-text.sh -t "$SESSION":0.0 -p '^42$' -T 20 && echo answered
              ended=$?
              tmux -S "$SOCKET" kill-server
              exit $ended
              """,
          "answered");
    }
  }
}
