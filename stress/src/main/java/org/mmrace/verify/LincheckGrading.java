package org.mmrace.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From what JUnit says about one test to what is to be said about it. */
final class LincheckGrading {
    private final boolean ended;
    private final List<LincheckEvent> events;

    /** @param ended whether the run came to its own end: what is missing from one that did not was not reached */
    LincheckGrading(boolean ended, List<LincheckEvent> events) {
        this.ended = ended;
        this.events = List.copyOf(events);
    }

    /** One report, or one for each set of parameters. */
    List<TestReport> grade(PlannedTest test) {
        List<TestReport> reports = new ArrayList<>();
        for (LincheckEvent event : events) {
            if (event.test() && event.within(test.id())) {
                String name = event.uniqueId().equals(test.id()) ? test.name() : test.name() + " " + event.name();
                reports.add(new TestReport(name, verdict(test, event), event.numbers(), event.time(), event.message()));
            }
        }
        Optional<LincheckEvent> container = events.stream()
                .filter(event -> !event.test() && event.contains(test.id()))
                .filter(event -> event.status() != LincheckEvent.Status.SUCCESSFUL
                        && event.status() != LincheckEvent.Status.STARTED)
                .reduce((outer, inner) -> inner);
        container.ifPresent(event -> reports.add(
                new TestReport(test.name(), verdict(test, event), List.of(), event.time(), event.message())));
        if (reports.isEmpty()) {
            Verdict verdict = ended ? Verdict.DID_NOT_RUN : Verdict.NOT_REACHED;
            reports.add(new TestReport(test.name(), verdict, List.of(), Duration.ZERO, ""));
        }
        return reports;
    }

    private Verdict verdict(PlannedTest test, LincheckEvent event) {
        return switch (event.status()) {
            case SUCCESSFUL -> Verdict.OK;
            case STARTED -> ended ? Verdict.DID_NOT_RUN : Verdict.NOT_REACHED;
            case ABORTED, SKIPPED -> Verdict.DID_NOT_RUN;
            case FAILED -> {
                if (test.canary()) {
                    yield Verdict.BLIND;
                }
                yield event.assertion() ? Verdict.FAILED : Verdict.ERROR;
            }
        };
    }
}
