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
import org.mmrace.fault.Fault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code mmrace faults}: the catalogue of bugs that can be switched on. */
@Command(
        name = "faults",
        description = {
            "Lists the bugs that can be switched on with --fault, or shows the page of one.",
            "'Tasks' is how many tasks it needs at least; 'caught by' are the invariants of which one must see it."
        })
public final class FaultsCommand implements Callable<Integer> {
    private static final int COLUMNS_MAX = 120;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The fault whose page is shown, such as B25.")
    private @Nullable String id;

    @Option(names = "--json", description = "Print one JSON array, with an object for each fault.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** The command of the command line. */
    public FaultsCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Fault> faults = id == null ? List.of(Fault.values()) : List.of(wanted(id));
        if (json) {
            out.println(JsonMapper.builder()
                    .build()
                    .writeValueAsString(
                            faults.stream().map(FaultsCommand::object).toList()));
        } else if (id == null) {
            out.print(table(faults));
        } else {
            out.print(Pages.text(faults.get(0).id()));
        }
        StandardOutput.flush(out);
        return ExitCode.CLEAN;
    }

    private Fault wanted(String text) {
        return Fault.byId(text)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), Ids.unknown("fault", text, known())));
    }

    /** All ids, as users see them. */
    static List<String> known() {
        return Stream.of(Fault.values()).map(Fault::id).toList();
    }

    private static String table(List<Fault> faults) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("id", "tasks", "caught by", "what goes wrong"));
        for (Fault fault : faults) {
            rows.add(List.of(
                    fault.id(), Integer.toString(fault.tasks()), String.join(" ", fault.caughtBy()), fault.title()));
        }
        return TextTables.of(rows, COLUMNS_MAX);
    }

    private static Map<String, Object> object(Fault fault) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", fault.id());
        json.put("title", fault.title());
        json.put("origin", fault.origin());
        json.put("tasks", fault.tasks());
        json.put("caughtBy", fault.caughtBy());
        json.put("setting", fault.setting().name());
        json.put("scenario", "scenarios/" + fault.id() + ".scn");
        return json;
    }
}
