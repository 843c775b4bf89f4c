package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.mmrace.kernel.Errno;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.Khugepaged;
import org.mmrace.mm.UserAccess;
import org.mmrace.op.Result;
import org.mmrace.scenario.grammar.ScnParser;
import org.mmrace.script.Nearest;
import org.mmrace.script.Outcome;

/** What outcomes and checks expect: results that operations can give. */
final class Results {
    /** As {@link org.mmrace.mm.Pte#toString(long, boolean)} writes entries. */
    private static final Pattern ENTRY = Pattern.compile("[ZN]s?w?d?a?m?");

    private static final Pattern NUMBER_OR_MARK = Pattern.compile("[0-9]+|-|\\*");
    private static final int ERRNO_MAX = 4095;
    private static final Set<String> WORDS = words();

    private final Report report;
    private final Names names;

    Results(Report report, Names names) {
        this.report = report;
        this.names = names;
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>(List.of(Result.NONE.text(), Result.BUG.text()));
        for (UserAccess.Outcome outcome : UserAccess.Outcome.values()) {
            words.add(Result.of(outcome).text());
        }
        for (int bit = 1; bit <= FaultResult.COMPLETED; bit <<= 1) {
            words.add(FaultResult.name(bit));
        }
        for (Khugepaged.Result result : Khugepaged.Result.values()) {
            words.add("SCAN_" + result);
        }
        for (int errno = 1; errno <= ERRNO_MAX; errno++) {
            words.add(Errno.name(-errno));
        }
        words.removeIf(word -> word.matches("-?[0-9]+"));
        return words;
    }

    /** Complains unless {@code value} is something that an operation can give. */
    void check(Token value) {
        String word = value.getText();
        if (WORDS.contains(word)
                || ENTRY.matcher(word).matches()
                || NUMBER_OR_MARK.matcher(word).matches()) {
            return;
        }
        String near = WORDS.contains("-" + word) ? "-" + word : Nearest.to(word, WORDS);
        report.at(
                value,
                "no operation gives '" + word + "'"
                        + (near == null
                                ? "; docs/scenarios.md says what results look like"
                                : "; did you mean '" + near + "'?"));
    }

    /** The terms of an outcome. */
    List<Outcome.Term> terms(List<ScnParser.TermContext> given) {
        List<Outcome.Term> terms = new ArrayList<>();
        for (ScnParser.TermContext term : given) {
            Token of = term.ID().getSymbol();
            if (!names.is(of.getText(), Names.Kind.TASK)) {
                names.require(of, Names.Kind.RESULT);
            }
            List<String> values = new ArrayList<>();
            for (ScnParser.ValueContext value : term.value()) {
                check(value.getStart());
                values.add(value.getText());
            }
            terms.add(new Outcome.Term(of.getText(), values));
        }
        return terms;
    }
}
