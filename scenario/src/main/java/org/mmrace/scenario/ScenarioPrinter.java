package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.mmrace.op.DriverSpec;
import org.mmrace.op.FileSpec;
import org.mmrace.op.PageSpec;
import org.mmrace.op.ProcessSpec;
import org.mmrace.op.Step;
import org.mmrace.op.VmaSpec;
import org.mmrace.script.Outcome;
import org.mmrace.script.Scenario;
import org.mmrace.script.TaskScript;

/** Prints scenarios in their canonical form: what {@link ScenarioReader} reads from it is equal to what was printed. */
public final class ScenarioPrinter {
    private static final int KEYWORD_WIDTH = 10;

    private final StringBuilder text = new StringBuilder();

    private ScenarioPrinter() {}

    /** The text of a scenario file. */
    public static String print(Scenario scenario) {
        ScenarioPrinter printer = new ScenarioPrinter();
        printer.head(scenario);
        printer.declarations(scenario);
        printer.scripts(scenario);
        printer.end(scenario);
        return printer.text.toString();
    }

    /**
     * What a schedule of the scenario hangs on: its text without comments, title, interleaving and what it violates.
     * The name of the program in schedules is the hash of this.
     */
    public static String program(Scenario scenario) {
        return print(scenario.with(draft ->
                draft.comment(List.of()).title("").interleaving(List.of()).violates(List.of())));
    }

    private void line(String keyword, String rest) {
        text.append(rest.isEmpty() ? keyword : keyword + " ".repeat(KEYWORD_WIDTH - keyword.length()) + rest)
                .append('\n');
    }

    private static String join(Object... words) {
        return Arrays.stream(words)
                .map(Object::toString)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private void head(Scenario scenario) {
        scenario.comment()
                .forEach(line -> text.append(line.isEmpty() ? "#" : "# " + line).append('\n'));
        line("scenario", scenario.name());
        if (!scenario.title().isEmpty()) {
            line("title", scenario.title());
        }
        if (scenario.fault() != null) {
            line("fault", scenario.fault().id());
        }
        if (!scenario.knobs().isEmpty()) {
            line(
                    "config",
                    scenario.knobs().entrySet().stream()
                            .map(knob -> knob.getKey() + "=" + knob.getValue())
                            .collect(Collectors.joining(" ")));
        }
    }

    private void declarations(Scenario scenario) {
        scenario.pages().forEach(this::page);
        scenario.files().forEach(this::file);
        scenario.processes().forEach(this::process);
        List<VmaSpec> before = new ArrayList<>();
        for (VmaSpec vma : scenario.vmas()) {
            vma(vma, Layout.next(before));
            before.add(vma);
        }
    }

    private void file(FileSpec file) {
        line(
                "file",
                join(
                        file.name(),
                        file.kind().word(),
                        "pages=" + file.pages(),
                        file.order() == 0 ? "" : "order=" + file.order(),
                        file.readOnly() ? "readonly" : "",
                        file.backing().isEmpty() ? "" : "backing=" + String.join(",", file.backing())));
    }

    private void page(PageSpec page) {
        boolean plain = page.kind() == PageSpec.Kind.DRIVER;
        line("page", join(page.name(), plain ? "" : "kind=" + page.kind().word()));
    }

    private void process(ProcessSpec process) {
        line("process", join(process.name(), process.forbidsZeropage() ? "forbids-zeropage" : ""));
    }

    private void vma(VmaSpec vma, int automatic) {
        String what = vma.file() == null ? "anon" : "file=" + vma.file() + (vma.shared() ? " shared" : " private");
        line(
                "vma",
                join(
                        vma.name(),
                        "in",
                        vma.process(),
                        what,
                        Prot.word(vma.prot()),
                        "pages=" + vma.pages(),
                        vma.pgoff() == 0 ? "" : "pgoff=" + vma.pgoff(),
                        vma.page() == automatic ? "" : "at=" + vma.page(),
                        vma.mapped() ? "" : "unmapped",
                        driver(vma.driver())));
    }

    private static String driver(DriverSpec driver) {
        DriverSpec.Insert mmap = driver.mmap();
        String inserts = driver.inserts().isEmpty() ? "" : ":" + String.join(",", driver.inserts());
        return join(
                flags("set", driver.set()),
                flags("clear", driver.clear()),
                mmap == null ? "" : "mmap=" + mmap.word() + inserts,
                driver.fault() == DriverSpec.Fault.NONE
                        ? ""
                        : "fault=" + driver.fault().word(),
                driver.mapPages() ? "map_pages" : "",
                mkwrite("page_mkwrite", driver.pageMkwrite()),
                mkwrite("pfn_mkwrite", driver.pfnMkwrite()),
                driver.setsPageProt() ? "vma_set_page_prot" : "");
    }

    private static String flags(String key, List<String> flags) {
        return flags.isEmpty() ? "" : key + "=" + String.join("|", flags);
    }

    private static String mkwrite(String key, DriverSpec.Mkwrite handler) {
        return handler == DriverSpec.Mkwrite.NONE ? "" : key + "=" + handler.word();
    }

    private void scripts(Scenario scenario) {
        section("setup", "", scenario.setup());
        for (TaskScript task : scenario.tasks()) {
            text.append("task ")
                    .append(task.name())
                    .append(" in ")
                    .append(task.process())
                    .append('\n');
            steps(task.steps());
        }
        section("finally", "", scenario.last());
        if (!scenario.interleaving().isEmpty()) {
            line("interleave", "");
            scenario.interleaving()
                    .forEach(turn -> text.append("  ").append(turn).append('\n'));
        }
    }

    private void section(String keyword, String rest, List<Step> steps) {
        if (!steps.isEmpty()) {
            line(keyword, rest);
            steps(steps);
        }
    }

    private void steps(List<Step> steps) {
        steps.forEach(step -> text.append("  ").append(step).append('\n'));
    }

    private void end(Scenario scenario) {
        scenario.checks().forEach(check -> line("check", check.toString()));
        for (Outcome outcome : scenario.outcomes()) {
            String terms = outcome.terms().stream().map(Outcome.Term::toString).collect(Collectors.joining(" "));
            String description = outcome.description().isEmpty() ? "" : "\"" + outcome.description() + "\"";
            line("outcome", join(outcome.grade().word(), terms, description));
        }
        if (!scenario.violates().isEmpty()) {
            line("violates", String.join(" ", scenario.violates()));
        }
    }
}
