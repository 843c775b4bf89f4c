package org.mmrace.scenario;

import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.scenario.grammar.ScnLexer;
import org.mmrace.scenario.grammar.ScnParser;

/** Puts ANTLR's complaints into our words. */
final class SyntaxErrors extends BaseErrorListener {
    private static final int EXPECTED_SHOWN = 6;

    private final Report report;

    SyntaxErrors(Report report) {
        this.report = report;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object offending,
            int line,
            int column,
            String message,
            @Nullable RecognitionException cause) {
        String found = offending instanceof Token token ? describe(token) : message;
        report.at(line, column + 1, "did not expect " + found + " here" + expected(recognizer));
    }

    private static String expected(Recognizer<?, ?> recognizer) {
        if (!(recognizer instanceof ScnParser parser)) {
            return "";
        }
        Set<String> words = new TreeSet<>();
        parser.getExpectedTokens().toList().forEach(type -> words.add(word(type)));
        return words.size() > EXPECTED_SHOWN ? "" : "; expected " + String.join(" or ", words);
    }

    private static String word(int type) {
        return switch (type) {
            case Token.EOF -> "the end of the file";
            case ScnLexer.NL -> "the end of the line";
            case ScnLexer.ID -> "a name";
            case ScnLexer.NUMBER -> "a number";
            case ScnLexer.STRING -> "a text in quotes";
            case ScnLexer.ERRNO -> "an errno";
            case ScnLexer.TEXT -> "a text";
            default -> ScnLexer.VOCABULARY.getLiteralName(type);
        };
    }

    private static String describe(Token token) {
        return switch (token.getType()) {
            case Token.EOF -> "the end of the file";
            case ScnLexer.NL -> "the end of the line";
            default -> "'" + token.getText() + "'";
        };
    }
}
