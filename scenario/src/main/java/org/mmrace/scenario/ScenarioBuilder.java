package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import org.mmrace.fault.Series;
import org.mmrace.op.Step;
import org.mmrace.scenario.grammar.ScnLexer;
import org.mmrace.scenario.grammar.ScnParser;
import org.mmrace.script.Check;
import org.mmrace.script.KernelFunctions;
import org.mmrace.script.Outcome;
import org.mmrace.script.Scenario;
import org.mmrace.script.TaskScript;
import org.mmrace.script.Turn;

/** Makes a scenario of a syntax tree, line by line. */
final class ScenarioBuilder {
    private record Task(String name, String process, List<Step> steps) {}

    private final Report report;
    private final List<String> comment;
    private final Names names;
    private final Declarations declarations;
    private final Calls calls;
    private final Results results;
    private final Map<String, String> knobs = new LinkedHashMap<>();
    private final List<Step> setup = new ArrayList<>();
    private final List<Step> last = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> violates = new ArrayList<>();
    private final ReplayLines replay;
    private final Map<Step, Token> stepTokens = new IdentityHashMap<>();
    private final Map<String, Token> nameTokens = new LinkedHashMap<>();
    private @Nullable String name;
    private String title = "";
    private @Nullable Fault fault;

    /** Where steps go at the moment; null before the first section. */
    private @Nullable List<Step> section;

    private boolean interleaving;

    ScenarioBuilder(Report report, List<String> comment) {
        this.report = report;
        this.comment = comment;
        this.names = new Names(report);
        this.declarations = new Declarations(report, names);
        this.calls = new Calls(report, names);
        this.results = new Results(report, names);
        this.replay = new ReplayLines(report);
    }

    /** The scenario, called {@code fileName} unless that is null; worth nothing if there were problems. */
    Scenario build(List<Line> lines, @Nullable String fileName) {
        new NamesAhead(names).collect(lines);
        for (Line line : lines) {
            if (line.statement() == null) {
                skip(line);
            } else {
                add(line.statement());
            }
        }
        if (fileName != null && name != null && !name.equals(fileName)) {
            Token at = nameTokens.getOrDefault("scenario", lines.get(0).words().get(0));
            report.at(at, "scenario '" + name + "' must be called '" + fileName + "' as its file is");
        }
        if (name == null && lines.stream().noneMatch(line -> line.begins(ScnLexer.SCENARIO))) {
            report.at(1, 1, "expected a line 'scenario NAME'");
        }
        Scenario scenario = scenario();
        if (report.isEmpty()) {
            new Validator(report, scenario, stepTokens, nameTokens).check();
        }
        return scenario;
    }

    /** What the file says about a run of it; after {@link #build}. */
    ReplayLines replay() {
        return replay;
    }

    private Scenario scenario() {
        return new Scenario(
                comment,
                name == null ? "" : name,
                title,
                fault,
                knobs,
                declarations.files,
                declarations.pages,
                declarations.processes,
                declarations.vmas,
                setup,
                tasks.stream()
                        .map(task -> new TaskScript(task.name(), task.process(), task.steps()))
                        .toList(),
                last,
                turns,
                checks,
                outcomes,
                violates);
    }

    /** After a line that cannot be read: where the operations below it belong. */
    private void skip(Line line) {
        if (line.begins(ScnLexer.INTERLEAVE)) {
            enter(null, true);
        } else if (line.begins(ScnLexer.SETUP) || line.begins(ScnLexer.TASK) || line.begins(ScnLexer.FINALLY)) {
            enter(new ArrayList<>(), false);
        }
    }

    private void add(ScnParser.StatementContext statement) {
        if (statement instanceof ScnParser.ScenarioLineContext line) {
            once(name != null, line);
            name = line.ID().getText();
            nameTokens.put("scenario", line.ID().getSymbol());
        } else if (statement instanceof ScnParser.TitleLineContext line) {
            once(!title.isEmpty(), line);
            title = line.TEXT() == null ? "" : line.TEXT().getText().strip();
        } else if (statement instanceof ScnParser.FaultLineContext line) {
            once(fault != null, line);
            fault = fault(line.ID().getSymbol());
            nameTokens.put("fault", line.getStart());
        } else if (statement instanceof ScnParser.ConfigLineContext line) {
            line.pair().forEach(this::knob);
        } else if (statement instanceof ScnParser.FileLineContext line) {
            declarations.file(line);
        } else if (statement instanceof ScnParser.PageLineContext line) {
            declarations.page(line);
        } else if (statement instanceof ScnParser.ProcessLineContext line) {
            declarations.process(line);
        } else if (statement instanceof ScnParser.VmaLineContext line) {
            declarations.vma(line);
            nameTokens.put(line.ID(0).getText(), line.getStart());
        } else {
            addAction(statement);
        }
    }

    private void addAction(ScnParser.StatementContext statement) {
        if (statement instanceof ScnParser.SetupLineContext) {
            enter(setup, false);
        } else if (statement instanceof ScnParser.FinallyLineContext) {
            enter(last, false);
        } else if (statement instanceof ScnParser.InterleaveLineContext) {
            enter(null, true);
        } else if (statement instanceof ScnParser.TaskLineContext line) {
            names.require(line.ID(1).getSymbol(), Names.Kind.PROCESS);
            Task task = new Task(line.ID(0).getText(), line.ID(1).getText(), new ArrayList<>());
            tasks.add(task);
            nameTokens.put(task.name(), line.getStart());
            enter(task.steps(), false);
        } else if (statement instanceof ScnParser.StepLineContext line) {
            step(line);
        } else if (statement instanceof ScnParser.TurnLineContext line) {
            turn(
                    line.ID().getSymbol(),
                    line.word().stream().map(ParserRuleContext::getText).toList());
        } else if (statement instanceof ScnParser.CheckLineContext line) {
            results.check(line.value().getStart());
            Step step = calls.step(null, line.call());
            if (step != null) {
                checks.add(new Check(step, line.value().getText()));
            }
        } else if (statement instanceof ScnParser.OutcomeLineContext line) {
            outcome(line);
        } else if (statement instanceof ScnParser.ViolatesLineContext line) {
            line.cause().forEach(cause -> violation(cause.getStart()));
            nameTokens.put("violates", line.getStart());
        } else if (statement instanceof ScnParser.ReplayLineContext line) {
            replay.add(line);
        }
    }

    private void enter(@Nullable List<Step> steps, boolean turnsFollow) {
        section = steps;
        interleaving = turnsFollow;
    }

    private void once(boolean seen, ParserRuleContext line) {
        if (seen) {
            report.at(line.getStart(), "'" + line.getStart().getText() + "' is given twice");
        }
    }

    private @Nullable Fault fault(Token token) {
        Fault known = Fault.byId(token.getText()).orElse(null);
        if (known == null) {
            report.unknown(
                    token,
                    "fault",
                    List.of(Fault.values()).stream().map(Fault::id).toList());
        }
        return known;
    }

    private void knob(ScnParser.PairContext pair) {
        String key = pair.key().getText();
        if (!Knobs.names().contains(key)) {
            report.unknown(pair.getStart(), "knob", Knobs.names());
            return;
        }
        String spelled =
                Knobs.names().stream().filter(key::equalsIgnoreCase).findFirst().orElse(key);
        if (knobs.put(spelled, pair.setting().getText()) != null) {
            report.at(pair.getStart(), "knob " + spelled + " is set twice");
        }
        try {
            Knobs.set(KernelConfig.of(Series.AFTER), knobs);
        } catch (IllegalArgumentException e) {
            report.at(pair.getStart(), String.valueOf(e.getMessage()));
        }
    }

    private void step(ScnParser.StepLineContext line) {
        if (interleaving) {
            if (line.ID() == null && line.call().argument().isEmpty()) {
                turn(line.call().ID().getSymbol(), List.of());
            } else {
                report.at(line.getStart(), "expected the name of a task, or 'TASK until STEP'");
            }
        } else if (section == null) {
            report.at(
                    line.getStart(),
                    "expected 'setup', 'task NAME in PROCESS' or 'finally' before the first operation");
        } else {
            Step step = calls.step(line.ID() == null ? null : line.ID().getText(), line.call());
            if (step != null) {
                section.add(step);
                stepTokens.put(step, line.getStart());
            }
        }
    }

    private void turn(Token task, List<String> until) {
        if (!interleaving) {
            report.at(task, "'until' belongs below a line 'interleave'");
        } else if (names.require(task, Names.Kind.TASK)) {
            try {
                Turn turn = until.isEmpty() ? Turn.toEnd(task.getText()) : Turn.until(task.getText(), until);
                String function = turn.until() == null ? null : turn.until().function();
                if (function != null && !KernelFunctions.isKnown(function)) {
                    report.at(task, "the model has no function '" + function + "'");
                }
                turns.add(turn);
            } catch (IllegalArgumentException e) {
                report.at(task, String.valueOf(e.getMessage()));
            }
        }
    }

    private void outcome(ScnParser.OutcomeLineContext line) {
        Outcome.Grade grade = null;
        List<String> grades = new ArrayList<>();
        for (Outcome.Grade each : Outcome.Grade.values()) {
            grades.add(each.word());
            if (each.word().equals(line.ID().getText())) {
                grade = each;
            }
        }
        if (grade == null) {
            report.unknown(line.ID().getSymbol(), "grade", grades);
            return;
        }
        List<Outcome.Term> terms = results.terms(line.term());
        String quoted = line.STRING() == null ? "\"\"" : line.STRING().getText();
        outcomes.add(new Outcome(grade, terms, quoted.substring(1, quoted.length() - 1)));
    }

    private void violation(Token token) {
        if (!token.getText().equals(Fault.OUTCOME)
                && Invariant.byId(token.getText()).isEmpty()) {
            report.at(token, "expected an invariant, such as I04, or " + Fault.OUTCOME);
        }
        violates.add(token.getText());
    }
}
