package org.mmrace.conform;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns one step of a recording into its record; an operation must have its own arguments and no others. */
final class StepParser {
    private static final Vocabulary<RecordedOp> OPS = Vocabulary.of("a known operation", RecordedOp.values());
    private static final Vocabulary<GupFlag> GUP_FLAGS = Vocabulary.of("a GUP flag", GupFlag.values());
    private static final List<String> ARGUMENTS =
            List.of("page", "flags", "fast", "hold", "lock", "pages", "prot", "vm_flags_set_first");
    private static final Map<RecordedOp, Set<String>> REQUIRED = new EnumMap<>(RecordedOp.class);
    private static final Map<RecordedOp, Set<String>> TAKEN = new EnumMap<>(RecordedOp.class);

    static {
        for (RecordedOp op : RecordedOp.values()) {
            Set<String> required = new HashSet<>(op.arguments());
            required.removeIf(name -> name.endsWith("?"));
            Set<String> taken = new HashSet<>(required);
            op.arguments().forEach(name -> taken.add(name.replace("?", "")));
            taken.add("page"); // where to look afterwards
            REQUIRED.put(op, required);
            TAKEN.put(op, taken);
        }
    }

    private final RecordedOp op;
    private final Fields fields;

    private StepParser(RecordedOp op, Fields fields) {
        this.op = op;
        this.fields = fields;
    }

    static RecordedStep parse(JsonAt item, RecordedMapping mapping, boolean last) {
        Fields fields = new Fields(item, "a step");
        RecordedOp op = fields.term("op", OPS);
        for (String argument : ARGUMENTS) {
            if (fields.has(argument) && !TAKEN.getOrDefault(op, Set.of()).contains(argument)) {
                JsonAt field = fields.require(argument);
                throw field.place()
                        .error(
                                field.nameColumn(),
                                "expected no \"" + argument + "\" for " + op.term() + ", found " + field.found());
            }
        }
        RecordedStep step = new StepParser(op, fields).step(mapping.pages(), last);
        fields.end();
        return step;
    }

    private RecordedStep step(int pages, boolean last) {
        return new RecordedStep(
                op,
                has("page") ? fields.number("page", 0, pages - 1) : 0,
                has("flags") ? fields.terms("flags", GUP_FLAGS, 1, GupFlag.values().length) : List.of(),
                has("fast") && fields.flag("fast"),
                has("hold") && fields.flag("hold"),
                has("lock") ? fields.text("lock") : "",
                has("pages") ? CaseParser.pageKinds(fields, "pages", pages) : List.of(),
                has("prot") ? CaseParser.prot(fields) : RecordedMapping.Prot.NONE,
                has("vm_flags_set_first") ? CaseParser.modelledFlags(fields, "vm_flags_set_first") : List.of(),
                expect(last));
    }

    /** Whether to read this argument; a required one is read even where there is none, to say so. */
    private boolean has(String argument) {
        return REQUIRED.getOrDefault(op, Set.of()).contains(argument) || fields.has(argument);
    }

    private Map<String, @Nullable Object> expect(boolean last) {
        JsonAt field = fields.require("expect");
        Map<String, @Nullable Object> expect = ExpectedFields.ofStep(new Fields(field, "what is expected"));
        if (expect.isEmpty()) {
            throw field.expected("at least one value in \"expect\"");
        }
        if (Boolean.TRUE.equals(expect.get(ExpectedFields.HANG)) && (!last || expect.size() > 1)) {
            throw field.place()
                    .error(field.column(), "expected a step that hangs to be the last, found more after \"hang\"");
        }
        return expect;
    }
}
