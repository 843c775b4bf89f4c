package org.mmrace.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.op.FileSpec;
import org.mmrace.op.PageSpec;
import org.mmrace.op.ProcessSpec;
import org.mmrace.op.Step;
import org.mmrace.op.VmaSpec;

/** A scenario while it is changed; see {@link Scenario} for what the parts mean. */
public final class ScenarioDraft {
    private final Scenario from;
    private List<String> comment;
    private String title;
    private @Nullable Fault fault;
    private Map<String, String> knobs;
    private List<FileSpec> files;
    private List<PageSpec> pages;
    private List<ProcessSpec> processes;
    private List<VmaSpec> vmas;
    private List<Step> setup;
    private List<TaskScript> tasks;
    private List<Step> last;
    private List<Turn> interleaving;
    private List<Check> checks;
    private List<Outcome> outcomes;
    private List<String> violates;

    ScenarioDraft(Scenario from) {
        this.from = from;
        this.comment = from.comment();
        this.title = from.title();
        this.fault = from.fault();
        this.knobs = from.knobs();
        this.files = from.files();
        this.pages = from.pages();
        this.processes = from.processes();
        this.vmas = from.vmas();
        this.setup = from.setup();
        this.tasks = from.tasks();
        this.last = from.last();
        this.interleaving = from.interleaving();
        this.checks = from.checks();
        this.outcomes = from.outcomes();
        this.violates = from.violates();
    }

    /** {@link Scenario#comment}. */
    public ScenarioDraft comment(List<String> value) {
        comment = value;
        return this;
    }

    /** {@link Scenario#title}. */
    public ScenarioDraft title(String value) {
        title = value;
        return this;
    }

    /** {@link Scenario#fault}. */
    public ScenarioDraft fault(@Nullable Fault value) {
        fault = value;
        return this;
    }

    /** {@link Scenario#knobs}. */
    public ScenarioDraft knobs(Map<String, String> value) {
        knobs = value;
        return this;
    }

    /** {@link Scenario#files}. */
    public ScenarioDraft files(List<FileSpec> value) {
        files = value;
        return this;
    }

    /** {@link Scenario#pages}. */
    public ScenarioDraft pages(List<PageSpec> value) {
        pages = value;
        return this;
    }

    /** {@link Scenario#processes}. */
    public ScenarioDraft processes(List<ProcessSpec> value) {
        processes = value;
        return this;
    }

    /** {@link Scenario#vmas}. */
    public ScenarioDraft vmas(List<VmaSpec> value) {
        vmas = value;
        return this;
    }

    /** {@link Scenario#setup}. */
    public ScenarioDraft setup(List<Step> value) {
        setup = value;
        return this;
    }

    /** {@link Scenario#tasks}. */
    public ScenarioDraft tasks(List<TaskScript> value) {
        tasks = value;
        return this;
    }

    /** {@link Scenario#last}. */
    public ScenarioDraft last(List<Step> value) {
        last = value;
        return this;
    }

    /** {@link Scenario#interleaving}. */
    public ScenarioDraft interleaving(List<Turn> value) {
        interleaving = value;
        return this;
    }

    /** {@link Scenario#checks}. */
    public ScenarioDraft checks(List<Check> value) {
        checks = value;
        return this;
    }

    /** {@link Scenario#outcomes}. */
    public ScenarioDraft outcomes(List<Outcome> value) {
        outcomes = value;
        return this;
    }

    /** {@link Scenario#violates}. */
    public ScenarioDraft violates(List<String> value) {
        violates = value;
        return this;
    }

    Scenario build() {
        return new Scenario(
                comment,
                from.name(),
                title,
                fault,
                knobs,
                files,
                pages,
                processes,
                vmas,
                setup,
                tasks,
                last,
                interleaving,
                checks,
                outcomes,
                violates);
    }
}
