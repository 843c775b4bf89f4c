package org.mmrace.scenario;

import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.scenario.grammar.ScnLexer;

/** Puts ANTLR's complaints into our words. */
final class SyntaxErrors extends BaseErrorListener {
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
        report.at(line, column + 1, "did not expect " + found + " here");
    }

    private static String describe(Token token) {
        return switch (token.getType()) {
            case Token.EOF -> "the end of the file";
            case ScnLexer.NL -> "the end of the line";
            default -> "'" + token.getText() + "'";
        };
    }
}
