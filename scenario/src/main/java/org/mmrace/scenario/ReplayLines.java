package org.mmrace.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.fault.Fault;
import org.mmrace.scenario.grammar.ScnParser;
import org.mmrace.script.Scenario;

/** Collects the {@code replay} lines of a file, which are {@code KEY=VALUE} pairs. */
final class ReplayLines {
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** An invariant, or what a run can be without breaking one. */
    private static final Pattern VIOLATION = Pattern.compile(
            Stream.of(Invariant.values()).map(Invariant::name).collect(Collectors.joining("|")) + "|" + Fault.OUTCOME
                    + "|deadlock|livelock|step-bound|data-race",
            Pattern.CASE_INSENSITIVE);

    /** What each key may be. */
    private static final Map<String, Pattern> KEYS = keys();

    private record Setting(String value, int line, int column) {}

    private final Report report;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private int line = 1;

    ReplayLines(Report report) {
        this.report = report;
    }

    private static Map<String, Pattern> keys() {
        Map<String, Pattern> keys = new LinkedHashMap<>();
        keys.put("violation", VIOLATION);
        keys.put("step", Pattern.compile("\\d{1,9}"));
        keys.put("strategy", Pattern.compile("[\\w:.,+-]{1,80}"));
        keys.put("seed", Pattern.compile("-?\\d{1,18}"));
        keys.put("version", Pattern.compile("\\S{1,40}"));
        keys.put("schedule", Pattern.compile("\\d{1,3}:.*"));
        return keys;
    }

    /** One more line. */
    void add(ScnParser.ReplayLineContext context) {
        Token text = context.TEXT() == null ? null : context.TEXT().getSymbol();
        line = context.getStart().getLine();
        if (text == null || text.getText().isBlank()) {
            report.at(
                    context.getStart(), "expected KEY=VALUE after 'replay'; keys: " + String.join(" ", KEYS.keySet()));
            return;
        }
        Matcher words = WORD.matcher(text.getText());
        while (words.find()) {
            setting(words.group(), line, text.getCharPositionInLine() + 1 + words.start());
        }
    }

    private void setting(String word, int atLine, int column) {
        int equals = word.indexOf('=');
        String key = equals < 0 ? word : word.substring(0, equals);
        Pattern allowed = KEYS.get(key);
        if (equals < 0 || allowed == null) {
            report.at(
                    atLine, column, "expected KEY=VALUE, not '" + word + "'; keys: " + String.join(" ", KEYS.keySet()));
            return;
        }
        String value = word.substring(equals + 1);
        if (!allowed.matcher(value).matches()) {
            String expected = allowed == VIOLATION
                    ? ": expected an invariant such as I20, outcome, deadlock, livelock, step-bound or data-race"
                    : "";
            report.at(atLine, column, "'" + value + "' is no " + key + expected);
        } else if (settings.putIfAbsent(key, new Setting(value, atLine, column + equals + 1)) != null) {
            report.at(atLine, column, "'" + key + "' is given twice");
        }
    }

    /** All of it together with its scenario; null, and a problem in {@code problems}, if something is missing. */
    @Nullable
    FailureFile in(Report problems, String file, Scenario scenario) {
        List<String> missing =
                KEYS.keySet().stream().filter(key -> !settings.containsKey(key)).toList();
        if (!missing.isEmpty()) {
            String what = settings.isEmpty()
                    ? "expected a line 'replay schedule=...': this is a scenario, not a failure file"
                    : "expected 'replay " + missing.get(0) + "=...' as well";
            problems.at(line, 1, what);
            return null;
        }
        Map<String, Problem> places = new LinkedHashMap<>();
        settings.forEach((key, at) -> places.put(key, new Problem(file, at.line(), at.column(), "")));
        ReplayBlock replay = new ReplayBlock(
                value("violation"),
                Integer.parseInt(value("step")),
                value("strategy"),
                Long.parseLong(value("seed")),
                value("version"),
                value("schedule"));
        return new FailureFile(file, scenario, replay, places);
    }

    private String value(String key) {
        Setting setting = settings.get(key);
        return setting == null ? "" : setting.value();
    }
}
