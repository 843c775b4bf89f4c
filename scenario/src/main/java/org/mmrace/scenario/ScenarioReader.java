package org.mmrace.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.mmrace.scenario.grammar.ScnLexer;
import org.mmrace.scenario.grammar.ScnParser;
import org.mmrace.script.Scenario;

/** Reads scenario files. */
public final class ScenarioReader {
    private ScenarioReader() {}

    /**
     * The scenario of a file.
     *
     * @throws MalformedScenarioException with every problem of the file
     * @throws IOException when it cannot be read
     */
    public static Scenario read(Path file) throws MalformedScenarioException, IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * The scenario that {@code text} is.
     *
     * @param file what problems call the file
     * @throws MalformedScenarioException with every problem of the text
     */
    public static Scenario parse(String file, String text) throws MalformedScenarioException {
        Report report = new Report(file);
        SyntaxErrors errors = new SyntaxErrors(report);
        ScnLexer lexer = new ScnLexer(CharStreams.fromString(text.endsWith("\n") ? text : text + "\n"));
        lexer.removeErrorListeners();
        lexer.addErrorListener(errors);
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        ScnParser parser = new ScnParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(errors);
        ScnParser.ScnContext tree = parser.scn();
        if (!report.isEmpty()) {
            throw new MalformedScenarioException(report.sorted());
        }
        Scenario scenario = new ScenarioBuilder(report, headComment(tokens)).build(tree);
        if (!report.isEmpty()) {
            throw new MalformedScenarioException(report.sorted());
        }
        return scenario;
    }

    private static List<String> headComment(CommonTokenStream tokens) {
        List<String> lines = new ArrayList<>();
        for (Token token : tokens.getTokens()) {
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
