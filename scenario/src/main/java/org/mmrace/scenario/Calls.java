package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.mm.RssStat;
import org.mmrace.op.Arg;
import org.mmrace.op.ArgKind;
import org.mmrace.op.FlagWords;
import org.mmrace.op.OpKind;
import org.mmrace.op.Step;
import org.mmrace.scenario.grammar.ScnParser;

/** Operations with their arguments, checked against {@link OpKind}. */
final class Calls {
    private static final int DIGITS_MAX = 18;

    private final Report report;
    private final Names names;

    Calls(Report report, Names names) {
        this.report = report;
        this.names = names;
    }

    /** A step; null after a complaint. */
    @Nullable
    Step step(@Nullable String result, ScnParser.CallContext call) {
        Token name = call.ID().getSymbol();
        OpKind kind = OpKind.byName(name.getText()).orElse(null);
        if (kind == null) {
            List<String> known = OpKind.all().stream().map(OpKind::name).toList();
            report.unknown(name, "operation", known, "; docs/scenarios.md has a table of all");
            return null;
        }
        List<Arg> args = new ArrayList<>();
        List<ScnParser.ArgumentContext> given = call.argument();
        for (int i = 0; i < given.size(); i++) {
            ArgKind expected = expected(kind, i);
            if (expected == null) {
                report.at(given.get(i).getStart(), kind + " takes no more than " + usage(kind));
                return null;
            }
            Arg arg = arg(expected, given.get(i));
            if (arg == null) {
                report.at(given.get(i).getStart(), "expected " + expected.expected());
                return null;
            }
            args.add(arg);
        }
        ArgKind missing = expected(kind, given.size());
        boolean enough = missing == null
                || missing.optional()
                || (missing.repeated() && given.size() >= kind.args().size());
        if (!enough) {
            report.at(name, kind + " takes " + usage(kind));
            return null;
        }
        return new Step(result, kind, args, name.getLine(), name.getCharPositionInLine() + 1);
    }

    private static @Nullable ArgKind expected(OpKind kind, int i) {
        List<ArgKind> args = kind.args();
        if (i < args.size()) {
            return args.get(i);
        }
        ArgKind last = args.isEmpty() ? null : args.get(args.size() - 1);
        return last != null && last.repeated() ? last : null;
    }

    private static String usage(OpKind kind) {
        return String.join(
                "; ",
                kind.args().stream()
                        .map(arg -> (arg.optional() ? "perhaps " : "") + arg.expected())
                        .toList());
    }

    /** An argument of this kind; null if it is none, with or without a complaint of its own. */
    private @Nullable Arg arg(ArgKind kind, ScnParser.ArgumentContext text) {
        return switch (kind) {
            case PLACE, RANGE -> region(text, Names.Kind.VMA, kind == ArgKind.PLACE);
            case FILE_PLACE, FILE_RANGE -> region(text, Names.Kind.FILE, kind == ArgKind.FILE_PLACE);
            case VMA -> name(text, Names.Kind.VMA);
            case PROCESS, PROCESS_OR_OWN, NEW_PROCESS -> name(text, Names.Kind.PROCESS);
            case PAGE, PAGES -> name(text, Names.Kind.PAGE);
            case FILE -> name(text, Names.Kind.FILE);
            case HELD, RESULT -> name(text, Names.Kind.RESULT);
            case NUMBER -> number(text);
            case FOLL -> flags(text, FlagWords.FOLL, "FOLL_ flag");
            case PROT -> flags(text, FlagWords.PROT, "PROT_ flag");
            case VM_FLAGS -> flags(text, FlagWords.VM, "VMA flag");
            case MMAP_LOCK -> keyword(text, List.of("mmap_read_lock", "mmap_write_lock"));
            case COUNTER ->
                keyword(
                        text,
                        List.of(RssStat.Counter.values()).stream()
                                .map(Enum::name)
                                .toList());
        };
    }

    /** The name that an argument is; null if it is something else. */
    static @Nullable Token word(ScnParser.ArgumentContext text) {
        return text instanceof ScnParser.WordArgumentContext word && word.ID().size() == 1 ? text.getStart() : null;
    }

    private @Nullable Arg name(ScnParser.ArgumentContext text, Names.Kind kind) {
        Token word = word(text);
        return word != null && names.require(word, kind) ? new Arg.Name(word.getText()) : null;
    }

    private @Nullable Arg keyword(ScnParser.ArgumentContext text, List<String> words) {
        Token word = word(text);
        if (word != null && !words.contains(word.getText())) {
            report.unknown(word, "such word", words);
        }
        return word == null ? null : new Arg.Name(word.getText());
    }

    private static @Nullable Arg number(ScnParser.ArgumentContext text) {
        return text instanceof ScnParser.NumberArgumentContext && text.getText().length() <= DIGITS_MAX
                ? new Arg.Number(Long.parseLong(text.getText()))
                : null;
    }

    private @Nullable Arg flags(ScnParser.ArgumentContext text, FlagWords words, String what) {
        if (!(text instanceof ScnParser.WordArgumentContext flags)) {
            return null;
        }
        List<String> known = new ArrayList<>();
        flags.ID().forEach(id -> {
            if (words.has(id.getText())) {
                known.add(id.getText());
            } else {
                report.unknown(id.getSymbol(), what, words.names());
            }
        });
        return new Arg.Flags(words.inOrder(known));
    }

    private @Nullable Arg region(ScnParser.ArgumentContext text, Names.Kind kind, boolean onePage) {
        Token process = null;
        Token name;
        ScnParser.PagesContext pages = null;
        if (text instanceof ScnParser.RegionArgumentContext region) {
            process = region.COLON() == null ? null : region.ID(0).getSymbol();
            name = region.ID(region.ID().size() - 1).getSymbol();
            pages = region.pages();
        } else if (text instanceof ScnParser.ElsewhereArgumentContext elsewhere) {
            process = elsewhere.ID(0).getSymbol();
            name = elsewhere.ID(1).getSymbol();
        } else {
            name = word(text);
        }
        if (name == null || !names.require(name, kind)) {
            return null;
        }
        if (process != null && (kind == Names.Kind.FILE || !names.require(process, Names.Kind.PROCESS))) {
            return null;
        }
        String in = process == null ? null : process.getText();
        return pages == null
                ? (onePage ? null : new Arg.Region(in, name.getText(), Arg.Region.ALL, Arg.Region.ALL))
                : region(in, name, pages, onePage);
    }

    private @Nullable Arg region(@Nullable String in, Token name, ScnParser.PagesContext pages, boolean onePage) {
        int size = names.size(name.getText());
        int first = index(pages.NUMBER(0).getSymbol(), size);
        int last = pages.RANGE() == null ? first : index(pages.NUMBER(1).getSymbol(), size);
        if (first < 0 || last < first || (onePage && last != first)) {
            return null;
        }
        return new Arg.Region(in, name.getText(), first, last);
    }

    private int index(Token token, int size) {
        long index = token.getText().length() > 6 ? Integer.MAX_VALUE : Long.parseLong(token.getText());
        if (index >= size) {
            report.at(token, "page " + token.getText() + " is outside: there are " + size + ", from 0 on");
            return -1;
        }
        return (int) index;
    }
}
