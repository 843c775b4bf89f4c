package org.mmrace.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From the results of one test in all configurations to what is to be said about it. */
final class JcstressGrading {
    private static final String BLIND =
            "the canary's race was not seen: this harness cannot see races here, and its other verdicts prove nothing";

    private final boolean ended;
    private final int configurations;

    /**
     * @param ended whether the run came to its own end: what is missing from one that did not was not reached
     * @param configurations results that every test must have
     */
    JcstressGrading(boolean ended, int configurations) {
        this.ended = ended;
        this.configurations = configurations;
    }

    TestReport grade(PlannedTest test, List<JcstressResult> results, long nanos) {
        List<Outcome> outcomes = merged(results);
        Verdict verdict = verdict(test, results, outcomes);
        return new TestReport(test.name(), verdict, outcomes, Duration.ofNanos(nanos), details(test, verdict, results));
    }

    private Verdict verdict(PlannedTest test, List<JcstressResult> results, List<Outcome> outcomes) {
        if (seen(outcomes, Expectation.FORBIDDEN)) {
            return Verdict.FORBIDDEN;
        }
        if (results.stream().anyMatch(result -> !result.normal())
                || outcomes.stream().anyMatch(outcome -> outcome.expectation() == Expectation.UNKNOWN)) {
            return Verdict.ERROR;
        }
        if (results.isEmpty() || (ended && results.size() < configurations)) {
            return ended ? Verdict.DID_NOT_RUN : Verdict.NOT_REACHED;
        }
        if (!test.interesting()) {
            return Verdict.OK;
        }
        if (seen(outcomes, Expectation.INTERESTING)) {
            return Verdict.SEEN;
        }
        return test.canary() ? Verdict.BLIND : Verdict.NOT_SEEN;
    }

    private static boolean seen(List<Outcome> outcomes, Expectation expectation) {
        return outcomes.stream().anyMatch(outcome -> outcome.expectation() == expectation && outcome.count() > 0);
    }

    private String details(PlannedTest test, Verdict verdict, List<JcstressResult> results) {
        Set<String> lines = new LinkedHashSet<>();
        if (verdict == Verdict.BLIND) {
            lines.add(BLIND);
        }
        if (verdict == Verdict.DID_NOT_RUN) {
            int processors = Runtime.getRuntime().availableProcessors();
            lines.add("jcstress has " + results.size() + " of " + Math.max(1, configurations) + " results");
            if (test.actors() > processors) {
                lines.add("it has " + test.actors() + " actors, and jcstress runs none with more than the " + processors
                        + " processors there are");
            }
        }
        for (JcstressResult result : results) {
            if (!result.normal()) {
                lines.add(result.status());
            }
            lines.addAll(result.messages());
        }
        return String.join("\n", lines);
    }

    private static List<Outcome> merged(List<JcstressResult> results) {
        Map<String, Outcome> byId = new LinkedHashMap<>();
        for (JcstressResult result : results) {
            for (Outcome outcome : result.outcomes()) {
                byId.merge(
                        outcome.id(),
                        outcome,
                        (a, b) -> new Outcome(a.id(), a.count() + b.count(), a.expectation(), a.description()));
            }
        }
        return new ArrayList<>(byId.values());
    }
}
