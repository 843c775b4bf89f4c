package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mmrace.finding.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code mmrace findings}: what is wrong in today's kernels. */
@Command(
        name = "findings",
        description = {
            "Lists what mmrace has found about today's kernels, or shows the page of one finding.",
            "Each names the recorded cases that prove it on a real kernel, and the rule change that would close it."
        })
public final class FindingsCommand implements Callable<Integer> {
    private static final int COLUMNS_MAX = 120;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The finding whose page is shown, such as F02.")
    private @Nullable String id;

    @Option(names = "--json", description = "Print one JSON array, with an object for each finding.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** The command of the command line. */
    public FindingsCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = id == null ? List.of(Finding.values()) : List.of(wanted(id));
        if (json) {
            out.println(JsonMapper.builder()
                    .build()
                    .writeValueAsString(
                            findings.stream().map(FindingsCommand::object).toList()));
        } else if (id == null) {
            out.print(list(findings));
        } else {
            out.print(Pages.text(findings.get(0).name()));
            printCases(out, findings.get(0));
        }
        StandardOutput.flush(out);
        return ExitCode.CLEAN;
    }

    private Finding wanted(String text) {
        List<String> known = Stream.of(Finding.values()).map(Finding::name).toList();
        return Finding.byId(text)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), Ids.unknown("finding", text, known)));
    }

    private static String list(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(finding.name(), "", finding.title()));
            rows.add(List.of("", "seen", finding.seen()));
            rows.add(List.of("", "breaks", String.join(" ", finding.breaks())));
            rows.add(List.of("", "proof", proof(finding)));
            rows.add(List.of("", "closed by", finding.ruleChange()));
            text.append(TextTables.of(rows, COLUMNS_MAX)).append('\n');
        }
        return text.toString();
    }

    private static String proof(Finding finding) {
        int cases = finding.cases().size();
        return cases == 0
                ? "none on a real kernel"
                : cases + " cases of " + Finding.RECORDING + ", such as '"
                        + finding.cases().get(0) + "'";
    }

    private static void printCases(PrintWriter out, Finding finding) {
        if (!finding.cases().isEmpty()) {
            out.println();
            out.println("Cases of " + Finding.RECORDING + ":");
            finding.cases().forEach(one -> out.println("  " + one));
        }
    }

    private static Map<String, @Nullable Object> object(Finding finding) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", finding.name());
        json.put("title", finding.title());
        json.put("seen", finding.seen());
        json.put("breaks", finding.breaks());
        json.put("ruleChange", finding.ruleChange());
        json.put("remedy", finding.remedy().map(Enum::name).orElse(null));
        json.put("scenario", finding.scenario());
        json.put("recording", finding.cases().isEmpty() ? null : Finding.RECORDING);
        json.put("cases", finding.cases());
        return json;
    }
}
