package org.mmrace.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns one line of a recording into a case; everything in it must be known and sensible. */
final class CaseParser {
    /** 256 MiB: far more than any case needs, and little enough for a model. */
    private static final int PAGES_MAX = 65_536;

    private static final int STEPS_MAX = 10_000;
    private static final Pattern KERNEL = Pattern.compile("\\d{1,3}\\.\\d{1,3}[\\w.+-]{0,40}");
    private static final Pattern LOG_LINE = Pattern.compile(".{1,1000}");

    private static final Vocabulary<String> SERIES = Vocabulary.ofWords("a series", "BEFORE", "V1", "AFTER");
    private static final Vocabulary<RecordedScope> SCOPES = Vocabulary.of("a scope", RecordedScope.values());
    private static final Vocabulary<RecordedPage> PAGE_KINDS = Vocabulary.of("a page kind", RecordedPage.values());
    private static final Vocabulary<RecordedMapping.Backing> BACKINGS =
            Vocabulary.of("a backing", RecordedMapping.Backing.values());
    private static final Vocabulary<RecordedMapping.Sharing> SHARINGS =
            Vocabulary.of("a sharing", RecordedMapping.Sharing.values());
    private static final Vocabulary<RecordedMapping.Prot> PROTS =
            Vocabulary.of("a protection", RecordedMapping.Prot.values());
    private static final Vocabulary<RecordedMapping.FileMode> FILE_MODES =
            Vocabulary.of("a file mode", RecordedMapping.FileMode.values());
    private static final Vocabulary<RecordedDriver.Call> CALLS =
            Vocabulary.of("a kernel function", RecordedDriver.Call.values());
    private static final Vocabulary<RecordedDriver.When> WHENS =
            Vocabulary.of("a moment", RecordedDriver.When.values());
    private static final Vocabulary<RecordedDriver.VmOps> VM_OPS =
            Vocabulary.of("vm_ops", RecordedDriver.VmOps.values());

    private CaseParser() {}

    static RecordedCase parse(JsonAt line) {
        Fields fields = new Fields(line, "a case");
        String id = fields.text("id");
        String kernel = fields.text("kernel", KERNEL, "a kernel version such as \"6.12\"");
        String series = fields.term("series", SERIES);
        RecordedScope scope = fields.term("scope", SCOPES);
        RecordedMapping mapping = mapping(fields.object("mapping", "a mapping"));
        Object mmap = ExpectedFields.result(fields.require("mmap"), "mmap");
        Map<String, @Nullable Object> driverResult = driverResult(fields, mapping);
        List<String> vmFlags = vmFlags(fields, "vm_flags_after_mmap");
        String pte = fields.text("pte_after_mmap", ExpectedFields.PTE, ExpectedFields.PTE_KIND);
        List<RecordedStep> steps = new ArrayList<>();
        List<JsonAt> items = fields.list("steps", 0, STEPS_MAX);
        for (JsonAt item : items) {
            steps.add(StepParser.parse(item, mapping, steps.size() == items.size() - 1));
        }
        RecordedExit exit = exit(fields.object("exit", "an exit"));
        fields.end();
        return new RecordedCase(id, kernel, series, scope, mapping, mmap, driverResult, vmFlags, pte, steps, exit);
    }

    static List<RecordedPage> pageKinds(Fields fields, String name, int max) {
        return fields.terms(name, PAGE_KINDS, 1, max);
    }

    static List<String> vmFlags(Fields fields, String name) {
        return fields.texts(name, ExpectedFields.VM_FLAG, ExpectedFields.VM_FLAG_KIND);
    }

    /** Flags that a replay has to set or clear, so the model must have them. */
    static List<String> modelledFlags(Fields fields, String name) {
        return fields.texts(name, ExpectedFields.MODELLED_FLAG, ExpectedFields.MODELLED_FLAG_KIND);
    }

    static RecordedMapping.Prot prot(Fields fields) {
        return fields.term("prot", PROTS);
    }

    private static RecordedMapping mapping(Fields fields) {
        RecordedMapping.Backing backing = fields.term("backing", BACKINGS);
        RecordedMapping.Sharing sharing = fields.term("sharing", SHARINGS);
        RecordedMapping.Prot prot = prot(fields);
        RecordedMapping.FileMode fileMode = fileMode(fields, backing);
        int pages = fields.number("pages", 1, PAGES_MAX);
        boolean hugeAligned = fields.has("huge_aligned") && fields.flag("huge_aligned");
        RecordedDriver driver =
                backing == RecordedMapping.Backing.DRIVER ? driver(fields.object("driver", "a driver")) : null;
        fields.end();
        return new RecordedMapping(backing, sharing, prot, fileMode, pages, hugeAligned, driver);
    }

    private static RecordedMapping.FileMode fileMode(Fields fields, RecordedMapping.Backing backing) {
        JsonAt field = fields.require("file_mode");
        boolean anon = backing == RecordedMapping.Backing.ANON;
        if (field.isNull() && anon) {
            return RecordedMapping.FileMode.NONE;
        }
        RecordedMapping.FileMode mode =
                field.value() instanceof String text && !anon && !text.equals("null") ? FILE_MODES.find(text) : null;
        if (mode == null) {
            throw field.expected((anon ? "null" : "\"ro\" or \"rw\"") + " for \"file_mode\"");
        }
        return mode;
    }

    private static RecordedDriver driver(Fields fields) {
        RecordedDriver driver = new RecordedDriver(
                fields.term("call", CALLS),
                fields.term("when", WHENS),
                pageKinds(fields, "pages", PAGES_MAX),
                fields.term("vm_ops", VM_OPS),
                modelledFlags(fields, "vm_flags_set"),
                modelledFlags(fields, "vm_flags_cleared"),
                fields.flag("fsdax_inode"));
        fields.end();
        return driver;
    }

    /** Only a call in {@code ->mmap} has one. */
    private static Map<String, @Nullable Object> driverResult(Fields fields, RecordedMapping mapping) {
        JsonAt field = fields.optional("driver_result");
        RecordedDriver driver = mapping.driver();
        if (field == null) {
            return Map.of();
        }
        if (driver == null || driver.when() != RecordedDriver.When.MMAP) {
            throw field.expected("no \"driver_result\" without a driver that calls from mmap");
        }
        return ExpectedFields.ofDriver(new Fields(field, "a driver result"));
    }

    private static RecordedExit exit(Fields fields) {
        RecordedExit exit = new RecordedExit(
                fields.number("code", -255, 255),
                fields.flag("hang"),
                fields.number("leaked_zero_ref", Integer.MIN_VALUE, Integer.MAX_VALUE),
                fields.number("leaked_zero_map", Integer.MIN_VALUE, Integer.MAX_VALUE),
                fields.texts("kernel_log", LOG_LINE, "a line of the kernel log"));
        fields.end();
        return exit;
    }
}
