package org.mmrace.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.op.ArgKind;
import org.mmrace.op.OpKind;
import org.mmrace.scenario.grammar.ScnLexer;
import org.mmrace.scenario.grammar.ScnParser;

/** The names that must be known before the lines are looked at in their order. */
final class NamesAhead {
    private static final Map<Integer, Names.Kind> DECLARING = Map.of(
            ScnLexer.FILE, Names.Kind.FILE,
            ScnLexer.PROCESS, Names.Kind.PROCESS,
            ScnLexer.TASK, Names.Kind.TASK,
            ScnLexer.VMA, Names.Kind.VMA);

    private final Names names;
    private final Map<String, Names.Kind> reserved = new HashMap<>();

    NamesAhead(Names names) {
        this.names = names;
    }

    void collect(List<Line> lines) {
        lines.stream().filter(line -> line.statement() == null).forEach(this::assume);
        lines.forEach(this::reserve);
        lines.forEach(line -> declareLater(line.statement()));
    }

    /** The names that a declaration line takes: whatever else takes one is wrong, not the declaration. */
    private void reserve(Line line) {
        if (line.statement() instanceof ScnParser.VmaLineContext vma) {
            reserved.putIfAbsent(vma.ID(0).getText(), Names.Kind.VMA);
        } else if (line.statement() instanceof ScnParser.FileLineContext file) {
            reserved.putIfAbsent(file.ID().getText(), Names.Kind.FILE);
        } else if (line.statement() instanceof ScnParser.ProcessLineContext process) {
            reserved.putIfAbsent(process.ID().getText(), Names.Kind.PROCESS);
        } else if (line.statement() instanceof ScnParser.PageLineContext page) {
            page.ID().forEach(id -> reserved.putIfAbsent(id.getText(), Names.Kind.PAGE));
        }
    }

    private void declareUnreserved(Token token, Names.Kind kind) {
        Names.Kind taken = reserved.get(token.getText());
        if (taken == null) {
            names.declare(token, kind);
        } else {
            names.complainOfTaken(token, taken);
        }
    }

    /** Tasks, results and forked processes may be used above the line that makes them. */
    private void declareLater(ScnParser.@Nullable StatementContext statement) {
        if (statement instanceof ScnParser.TaskLineContext task) {
            declareUnreserved(task.ID(0).getSymbol(), Names.Kind.TASK);
        } else if (statement instanceof ScnParser.StepLineContext step) {
            if (step.ID() != null) {
                declareUnreserved(step.ID().getSymbol(), Names.Kind.RESULT);
            }
            OpKind kind = OpKind.byName(step.call().ID().getText()).orElse(null);
            int child = kind == null ? -1 : kind.args().indexOf(ArgKind.NEW_PROCESS);
            if (child >= 0 && child < step.call().argument().size()) {
                Token process = Calls.word(step.call().argument(child));
                if (process != null) {
                    declareUnreserved(process, Names.Kind.PROCESS);
                }
            }
        }
    }

    /** What a line with a syntax error seems to declare, so that lines that use it are not reported as well. */
    private void assume(Line line) {
        Names.Kind kind = DECLARING.get(line.words().get(0).getType());
        if (kind != null) {
            assume(line, 1, kind);
        } else if (line.begins(ScnLexer.PAGE)) {
            for (int i = 1; line.is(i, ScnLexer.ID) && !line.is(i + 1, ScnLexer.ASSIGN); i++) {
                assume(line, i, Names.Kind.PAGE);
            }
        } else if (line.begins(ScnLexer.ID)) {
            boolean named = line.is(1, ScnLexer.ASSIGN);
            if (named) {
                assume(line, 0, Names.Kind.RESULT);
            }
            int call = named ? 2 : 0;
            if (line.is(call, ScnLexer.ID)) {
                OpKind.byName(line.words().get(call).getText())
                        .filter(op -> op.args().contains(ArgKind.NEW_PROCESS))
                        .ifPresent(op ->
                                assume(line, call + 1 + op.args().indexOf(ArgKind.NEW_PROCESS), Names.Kind.PROCESS));
            }
        }
    }

    private void assume(Line line, int i, Names.Kind kind) {
        if (line.is(i, ScnLexer.ID)) {
            names.assume(line.words().get(i).getText(), kind);
        }
    }
}
