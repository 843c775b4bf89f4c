package org.mmrace.scenario;

import java.util.Locale;
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
    private static final int DELETE = 0x7f;

    /** The words that cannot be names. */
    static final Set<String> RESERVED = reserved();

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
        report.at(line, column + 1, "did not expect " + found + " here" + expected(recognizer, offending));
    }

    private static String expected(Recognizer<?, ?> recognizer, @Nullable Object offending) {
        if (!(recognizer instanceof ScnParser parser)) {
            return "";
        }
        if (offending instanceof Token token) {
            Token before = token.getTokenIndex() > 0 ? parser.getTokenStream().get(token.getTokenIndex() - 1) : token;
            boolean named = token.getType() == ScnLexer.ASSIGN && isReserved(before);
            if (named || (isReserved(token) && parser.getExpectedTokens().contains(ScnLexer.ID))) {
                String word = (named ? before : token).getText();
                return "; '" + word + "' is a word of the language and cannot be a name";
            }
        }
        Set<String> words = new TreeSet<>();
        parser.getExpectedTokens().toList().forEach(type -> words.add(word(type)));
        return words.size() > EXPECTED_SHOWN ? "" : "; expected " + String.join(" or ", words);
    }

    private static boolean isReserved(Token token) {
        return RESERVED.contains(token.getText());
    }

    private static Set<String> reserved() {
        Set<String> words = new TreeSet<>();
        for (int type = ScnLexer.CHECK; type <= ScnLexer.VMA; type++) {
            words.add(ScnLexer.VOCABULARY.getLiteralName(type).replace("'", ""));
        }
        return words;
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
            case ScnLexer.UNKNOWN -> character(token.getText().codePointAt(0));
            default -> "'" + token.getText() + "'";
        };
    }

    /** By number and name if it is one that is not seen. */
    private static String character(int codePoint) {
        boolean seen = codePoint > ' ' && codePoint < DELETE;
        return seen
                ? "'" + Character.toString(codePoint) + "'"
                : String.format(Locale.ROOT, "the character U+%04X (%s)", codePoint, Character.getName(codePoint));
    }
}
