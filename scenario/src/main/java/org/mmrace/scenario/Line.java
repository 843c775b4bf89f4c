package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.scenario.grammar.ScnLexer;
import org.mmrace.scenario.grammar.ScnParser;

/**
 * One line that is not empty.
 *
 * @param words its tokens without comments; at least one
 * @param statement what it says; null after a syntax error, which has been reported
 */
record Line(List<Token> words, ScnParser.@Nullable StatementContext statement) {
    Line {
        words = List.copyOf(words);
    }

    /** The lines of a file, each parsed on its own: a syntax error in one does not touch the next. */
    static List<Line> of(List<? extends Token> tokens, SyntaxErrors errors) {
        List<Line> lines = new ArrayList<>();
        List<Token> line = new ArrayList<>();
        for (Token token : tokens) {
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                line.add(token);
            }
            if (token.getType() == ScnLexer.NL) {
                if (line.size() > 1) {
                    lines.add(new Line(line.subList(0, line.size() - 1), parse(line, errors)));
                }
                line.clear();
            }
        }
        return lines;
    }

    private static ScnParser.@Nullable StatementContext parse(List<Token> line, SyntaxErrors errors) {
        ScnParser parser = new ScnParser(new CommonTokenStream(new ListTokenSource(List.copyOf(line))));
        parser.removeErrorListeners();
        parser.addErrorListener(errors);
        ScnParser.ScnContext tree = parser.scn();
        return parser.getNumberOfSyntaxErrors() == 0 ? tree.statement(0) : null;
    }

    /** Whether it begins with this type of token. */
    boolean begins(int type) {
        return is(0, type);
    }

    /** Whether the i-th word is of this type. */
    boolean is(int i, int type) {
        return i < words.size() && words.get(i).getType() == type;
    }
}
