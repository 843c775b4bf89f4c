package org.mmrace.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.scenario.grammar.ScnLexer;
import org.mmrace.script.Scenario;

/** Reads scenario files. */
public final class ScenarioReader {
    private static final String SUFFIX = ".scn";

    private ScenarioReader() {}

    /**
     * The scenario of a file, which has its name if the file is called {@code NAME.scn}.
     *
     * @throws MalformedScenarioException with every problem of the file
     * @throws IOException when it cannot be read
     */
    public static Scenario read(Path file) throws MalformedScenarioException, IOException {
        Path last = file.getFileName();
        String name = last == null || !last.toString().endsWith(SUFFIX)
                ? null
                : last.toString().substring(0, last.toString().length() - SUFFIX.length());
        return parse(file.toString(), Files.readString(file), name).scenario();
    }

    /**
     * The scenario that {@code text} is.
     *
     * @param file what problems call the file
     * @throws MalformedScenarioException with every problem of the text
     */
    public static Scenario parse(String file, String text) throws MalformedScenarioException {
        return parse(file, text, null).scenario();
    }

    /**
     * The scenario of a failure file with what it says about the run that failed.
     *
     * @throws MalformedScenarioException with every problem of the file; also when it says nothing about a run
     * @throws IOException when it cannot be read
     */
    public static FailureFile readFailure(Path file) throws MalformedScenarioException, IOException {
        return parseFailure(file.toString(), Files.readString(file));
    }

    /** As {@link #readFailure}, of {@code text}; problems call the file {@code file}. */
    public static FailureFile parseFailure(String file, String text) throws MalformedScenarioException {
        Parsed parsed = parse(file, text, null);
        Report report = new Report(file);
        FailureFile failure = parsed.replay().in(report, file, parsed.scenario());
        if (failure == null) {
            throw new MalformedScenarioException(report.sorted());
        }
        return failure;
    }

    private record Parsed(Scenario scenario, ReplayLines replay) {}

    /** The same; {@code name} is what the scenario must be called, null for any name. */
    private static Parsed parse(String file, String text, @Nullable String name) throws MalformedScenarioException {
        Report report = new Report(file);
        SyntaxErrors errors = new SyntaxErrors(report);
        ScnLexer lexer = new ScnLexer(CharStreams.fromString(text.endsWith("\n") ? text : text + "\n"));
        lexer.removeErrorListeners();
        lexer.addErrorListener(errors);
        List<? extends Token> tokens = lexer.getAllTokens();
        List<Line> lines = Line.of(tokens, errors);
        ScenarioBuilder builder = new ScenarioBuilder(report, headComment(tokens));
        Scenario scenario = builder.build(lines, name);
        if (!report.isEmpty()) {
            throw new MalformedScenarioException(report.sorted());
        }
        return new Parsed(scenario, builder.replay());
    }

    private static List<String> headComment(List<? extends Token> tokens) {
        List<String> lines = new ArrayList<>();
        for (Token token : tokens) {
            if (token.getType() == ScnLexer.COMMENT) {
                String line = token.getText().substring(1);
                lines.add(line.startsWith(" ") ? line.substring(1) : line);
            } else if (token.getType() != ScnLexer.NL) {
                break;
            }
        }
        return lines;
    }
}
