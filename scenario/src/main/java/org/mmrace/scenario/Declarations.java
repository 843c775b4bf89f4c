package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.op.DriverSpec;
import org.mmrace.op.FileSpec;
import org.mmrace.op.PageSpec;
import org.mmrace.op.ProcessSpec;
import org.mmrace.op.VmaSpec;
import org.mmrace.scenario.grammar.ScnParser;

/** What a scenario declares: files, pages, processes, VMAs. */
final class Declarations {
    private static final int PAGES_MAX = 512;
    private static final int ORDER_MAX = 4;

    private final Report report;
    private final Names names;
    final List<FileSpec> files = new ArrayList<>();
    final List<PageSpec> pages = new ArrayList<>();
    final List<ProcessSpec> processes = new ArrayList<>();
    final List<VmaSpec> vmas = new ArrayList<>();

    Declarations(Report report, Names names) {
        this.report = report;
        this.names = names;
    }

    void file(ScnParser.FileLineContext line) {
        Token name = line.ID().getSymbol();
        Attributes attributes = new Attributes(report, name, line.attribute());
        names.declare(name, Names.Kind.FILE);
        List<String> kinds = new ArrayList<>();
        for (FileSpec.Kind kind : FileSpec.Kind.values()) {
            kinds.add(kind.word());
        }
        String word = attributes.oneOf(false, kinds);
        FileSpec.Kind kind = FileSpec.Kind.values()[Math.max(0, kinds.indexOf(word))];
        int size = size(name, attributes);
        boolean readOnly = attributes.word("readonly");
        List<String> backing = pageNames(attributes.names("backing"));
        if (!backing.isEmpty() && !kind.isDriver()) {
            report.at(name, "backing= is for the files of drivers");
        }
        int order = attributes.number("order", 0);
        boolean ring = kind == FileSpec.Kind.RING_BUFFER;
        if (!ring && order != 0) {
            report.at(name, "order= is for ring buffers");
        } else if (order > ORDER_MAX || size % (1 << order) != 0) {
            report.at(name, "expected order= from 0 to " + ORDER_MAX + ", and pages= to be whole sub-buffers");
        }
        attributes.finish();
        files.add(new FileSpec(name.getText(), kind, size, readOnly, order, backing));
    }

    private int size(Token name, Attributes attributes) {
        String expected = "expected pages= with a number from 1 to " + PAGES_MAX;
        Token given = attributes.token("pages");
        if (given == null) {
            report.at(name, expected);
            return 0;
        }
        int size = given.getText().matches("\\d{1,6}") ? Integer.parseInt(given.getText()) : 0;
        if (size < 1 || size > PAGES_MAX) {
            report.at(given, expected);
            return 0;
        }
        names.size(name.getText(), size);
        return size;
    }

    private List<String> pageNames(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> names.require(token, Names.Kind.PAGE))
                .map(Token::getText)
                .toList();
    }

    void page(ScnParser.PageLineContext line) {
        Token first = line.ID(0).getSymbol();
        Attributes attributes = Attributes.ofPairs(report, first, line.pair());
        PageSpec.Kind kind = attributes.constant("kind", PageSpec.Kind.DRIVER, PageSpec.Kind::word);
        attributes.finish();
        line.ID().forEach(id -> {
            names.declare(id.getSymbol(), Names.Kind.PAGE);
            pages.add(new PageSpec(id.getText(), kind));
        });
    }

    void process(ScnParser.ProcessLineContext line) {
        Token name = line.ID().getSymbol();
        Attributes attributes = new Attributes(report, name, line.attribute());
        names.declare(name, Names.Kind.PROCESS);
        processes.add(new ProcessSpec(name.getText(), attributes.word("forbids-zeropage")));
        attributes.finish();
    }

    void vma(ScnParser.VmaLineContext line) {
        Token name = line.ID(0).getSymbol();
        Attributes attributes = new Attributes(report, name, line.attribute());
        names.declare(name, Names.Kind.VMA);
        names.require(line.ID(1).getSymbol(), Names.Kind.PROCESS);
        boolean anon = attributes.word("anon");
        boolean ofFile = attributes.has("file");
        FileSpec file = fileOf(attributes);
        if (anon == ofFile) {
            report.at(name, "expected either anon or file=");
        }
        boolean shared = ofFile && "shared".equals(attributes.oneOf(false, List.of("shared", "private")));
        String prot = attributes.oneOf(false, Prot.WORDS);
        int size = size(name, attributes);
        int pgoff = attributes.number("pgoff", 0);
        int page = attributes.number("at", Layout.next(vmas));
        boolean mapped = !attributes.word("unmapped");
        DriverSpec driver = ofFile ? driver(attributes, file, name) : stack(attributes, name);
        attributes.finish();
        vmas.add(new VmaSpec(
                name.getText(),
                line.ID(1).getText(),
                file == null ? null : file.name(),
                shared,
                Prot.flags(prot),
                size,
                pgoff,
                page,
                mapped,
                driver));
    }

    /** What may be said of private anonymous memory: that it is a stack. */
    private DriverSpec stack(Attributes attributes, Token name) {
        List<String> set = attributes.vmFlags("set");
        if (!set.isEmpty() && !set.equals(List.of("VM_GROWSDOWN"))) {
            report.at(name, "expected set=VM_GROWSDOWN; other flags are for the files of drivers");
        }
        return set.isEmpty() ? DriverSpec.PLAIN : DriverSpec.PLAIN.withSet(set);
    }

    private @Nullable FileSpec fileOf(Attributes attributes) {
        Token token = attributes.token("file");
        if (token == null || !names.require(token, Names.Kind.FILE)) {
            return null;
        }
        return files.stream()
                .filter(file -> file.name().equals(token.getText()))
                .findFirst()
                .orElse(null);
    }

    private DriverSpec driver(Attributes attributes, @Nullable FileSpec file, Token name) {
        List<String> set = attributes.vmFlags("set");
        List<String> clear = attributes.vmFlags("clear");
        DriverSpec.Insert insert = null;
        List<String> inserts = List.of();
        ScnParser.ListSettingContext mmap = attributes.list("mmap");
        if (mmap != null) {
            Token call = mmap.getStart();
            insert = attributes.constant(call, DriverSpec.Insert.VM_INSERT_PAGE, DriverSpec.Insert::word);
            if (mmap.ID() != null) {
                inserts = pageNames(
                        mmap.atom().stream().map(atom -> atom.getStart()).toList());
            }
            if (inserts.isEmpty() != (insert == DriverSpec.Insert.REMAP_PFN_RANGE)) {
                report.at(call, "expected a function and its pages, such as vm_insert_page:A,Z, or remap_pfn_range");
            }
        }
        DriverSpec driver = new DriverSpec(
                set,
                clear,
                insert,
                inserts,
                attributes.constant("fault", DriverSpec.Fault.NONE, DriverSpec.Fault::word),
                attributes.word("map_pages"),
                attributes.constant("page_mkwrite", DriverSpec.Mkwrite.NONE, DriverSpec.Mkwrite::word),
                attributes.constant("pfn_mkwrite", DriverSpec.Mkwrite.NONE, DriverSpec.Mkwrite::word),
                attributes.word("vma_set_page_prot"));
        if (file != null && driver.hasHandlers() && !file.kind().isDriver()) {
            report.at(
                    name,
                    "handlers are for the files of drivers; " + file.name() + " is "
                            + file.kind().word());
        }
        return driver;
    }
}
