package org.mmrace.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Has the cases of recordings replayed, and compares. */
public final class Conformance {
    private final CaseReplayer replayer;
    private final Set<RecordedScope> scopes;

    /**
     * A run over some scopes.
     *
     * @param scopes the cases of others are left out
     */
    public Conformance(CaseReplayer replayer, Set<RecordedScope> scopes) {
        this.replayer = replayer;
        this.scopes = Set.copyOf(scopes);
    }

    /** How many cases {@link #run} will replay. */
    public int count(List<Recording> recordings) {
        return (int) recordings.stream()
                .flatMap(recording -> recording.cases().stream())
                .filter(this::isSelected)
                .count();
    }

    /**
     * Replays every selected case, in the order of the recordings.
     *
     * @param eachDone called after each case
     */
    public ConformReport run(List<Recording> recordings, Runnable eachDone) {
        List<CaseResult> results = new ArrayList<>();
        for (Recording recording : recordings) {
            OnceWarnings once = OnceWarnings.of(recording.cases());
            for (RecordedCase recorded : recording.cases()) {
                if (isSelected(recorded)) {
                    results.add(new CaseResult(recorded, differences(recorded, once)));
                    eachDone.run();
                }
            }
        }
        return new ConformReport(results);
    }

    private boolean isSelected(RecordedCase recorded) {
        return scopes.contains(recorded.scope());
    }

    /** A model that throws is wrong in this case, and may be right in the next. */
    private List<Difference> differences(RecordedCase recorded, OnceWarnings once) {
        CaseReplay replay;
        try {
            replay = replayer.replay(recorded);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return Comparison.failed(recorded, e);
        }
        return Comparison.compare(recorded, replay, once);
    }
}
