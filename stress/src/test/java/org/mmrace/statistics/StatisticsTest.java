package org.mmrace.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Against published worked examples. Most are of the trial of 6-mercaptopurine (6-MP) against placebo in acute
 * leukaemia: weeks of remission of 2 x 21 patients (Freireich et al., Blood 21, 1963; Gehan 1965), as printed with
 * their analysis in Kleinbaum and Klein, "Survival Analysis", chapter 2, and in the documentation of R's survival
 * package.
 */
class StatisticsTest {
    private static final List<Observation> SIX_MP =
            group(List.of(6, 6, 6, 7, 10, 13, 16, 22, 23), List.of(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35));
    private static final List<Observation> PLACEBO =
            group(List.of(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23), List.of());
    private static final Offset<Double> THREE_DIGITS = within(0.0006);

    private static List<Observation> group(List<Integer> found, List<Integer> censored) {
        List<Observation> group = new ArrayList<>();
        found.forEach(time -> group.add(Observation.found(time)));
        censored.forEach(time -> group.add(Observation.censored(time)));
        return group;
    }

    @Test
    void theTableOfSixMp() {
        KaplanMeier curve = KaplanMeier.of(SIX_MP);
        assertThat(curve.size()).isEqualTo(21);
        assertThat(curve.last()).isEqualTo(35);
        assertThat(curve.steps())
                .extracting(KaplanMeier.Step::time)
                .containsExactly(6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0);
        assertThat(curve.steps()).extracting(KaplanMeier.Step::atRisk).containsExactly(21, 17, 15, 12, 11, 7, 6);
        assertThat(curve.steps()).extracting(KaplanMeier.Step::found).containsExactly(3, 1, 1, 1, 1, 1, 1);
        List<Double> survival = List.of(0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448);
        List<Double> errors = List.of(0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346);
        for (int i = 0; i < survival.size(); i++) {
            assertThat(curve.steps().get(i).survival()).isCloseTo(survival.get(i), THREE_DIGITS);
            assertThat(curve.steps().get(i).standardError()).isCloseTo(errors.get(i), within(0.00006));
        }
        assertThat(curve.survival(5.9)).isEqualTo(1);
        assertThat(curve.survival(22.5)).isCloseTo(0.538, THREE_DIGITS);
    }

    /** As Stata's {@code sts list} prints it for this trial. */
    @Test
    void theBandKeepsBetweenNoneAndAll() {
        List<KaplanMeier.Step> steps = KaplanMeier.of(SIX_MP).steps();
        KaplanMeier.Band first = KaplanMeier.band(steps.get(0), 0.95);
        assertThat(first.low()).isCloseTo(0.6197, within(0.0001));
        assertThat(first.high()).isCloseTo(0.9516, within(0.0001));
        KaplanMeier.Band last = KaplanMeier.band(steps.get(6), 0.95);
        assertThat(last.low()).isCloseTo(0.1881, within(0.0001));
        assertThat(last.high()).isCloseTo(0.6801, within(0.0001));
        KaplanMeier.Step end = KaplanMeier.of(PLACEBO).steps().get(11);
        assertThat(KaplanMeier.band(end, 0.95)).isEqualTo(new KaplanMeier.Band(0, 0));
    }

    @Test
    void mediansOfBothGroups() {
        assertThat(KaplanMeier.of(SIX_MP).median()).hasValue(23);
        assertThat(KaplanMeier.of(PLACEBO).median()).hasValue(8);
        assertThat(KaplanMeier.of(PLACEBO).quantile(0.25)).hasValue(4);
        assertThat(KaplanMeier.of(PLACEBO).quantile(0.75)).hasValue(12);
        assertThat(KaplanMeier.of(SIX_MP).quantile(0.75)).isEmpty();
    }

    @Test
    void withoutCensoringTheMedianIsTheUsualOne() {
        assertThat(KaplanMeier.of(group(List.of(1, 2, 10, 20), List.of())).median())
                .hasValue(6);
        assertThat(KaplanMeier.of(group(List.of(1, 2, 10), List.of())).median()).hasValue(2);
        assertThat(KaplanMeier.of(group(List.of(1, 2), List.of(5, 5))).median()).hasValue(2);
        assertThat(KaplanMeier.of(group(List.of(7), List.of())).median()).hasValue(7);
    }

    /** Where nothing is censored it is the mean; 23.29 is what R's {@code print(survfit, rmean = 35)} says of 6-MP. */
    @Test
    void restrictedMeans() {
        assertThat(KaplanMeier.of(PLACEBO).restrictedMean(23)).isCloseTo(182 / 21.0, within(1e-9));
        assertThat(KaplanMeier.of(SIX_MP).restrictedMean(35)).isCloseTo(23.29, within(0.005));
        assertThat(KaplanMeier.of(SIX_MP).restrictedMean(5)).isEqualTo(5);
    }

    @Test
    void theLogRankTestOfTheTrial() {
        LogRank test = LogRank.of(SIX_MP, PLACEBO);
        assertThat(test.observed()).isEqualTo(9);
        assertThat(test.expected()).isCloseTo(19.25, within(0.005));
        assertThat(test.chiSquared()).isCloseTo(16.79, within(0.005));
        assertThat(test.p()).isCloseTo(4.17e-5, within(0.01e-5));
        LogRank turned = LogRank.of(PLACEBO, SIX_MP);
        assertThat(turned.observed()).isEqualTo(21);
        assertThat(turned.expected()).isCloseTo(10.75, within(0.005));
        assertThat(turned.chiSquared()).isCloseTo(test.chiSquared(), within(1e-9));
    }

    @Test
    void whereNothingIsKnownNothingIsSignificant() {
        List<Observation> censored = group(List.of(), List.of(5, 5, 5));
        assertThat(LogRank.of(censored, censored).p()).isEqualTo(1);
        assertThat(VarghaDelaney.a12(censored, censored)).isEqualTo(0.5);
        assertThat(KaplanMeier.of(censored).median()).isEmpty();
    }

    /** The first is the example of R's {@code p.adjust(c(0.01, 0.02, 0.03, 0.04), "holm")}. */
    @Test
    void holmStepsDown() {
        assertThat(Holm.adjust(List.of(0.01, 0.02, 0.03, 0.04))).containsExactly(0.04, 0.06, 0.06, 0.06);
        assertThat(Holm.adjust(List.of(0.5, 0.001, 0.9))).containsExactly(1.0, 0.003, 1.0);
        assertThat(Holm.adjust(List.of())).isEmpty();
    }

    /** The race of six tortoises and six hares, T H H H H H T T T T T H, of which U = 11 and 25 are known. */
    @Test
    void effectSizeIsTheShareOfPairs() {
        List<Observation> tortoises = group(List.of(1, 7, 8, 9, 10, 11), List.of());
        List<Observation> hares = group(List.of(2, 3, 4, 5, 6, 12), List.of());
        assertThat(VarghaDelaney.a12(tortoises, hares)).isCloseTo(25 / 36.0, within(1e-12));
        assertThat(VarghaDelaney.a12(hares, tortoises)).isCloseTo(11 / 36.0, within(1e-12));
    }

    @Test
    void whoGaveUpIsSlowerThanWhoHasFoundBeforeAndElseUnknown() {
        List<Observation> censored = group(List.of(), List.of(10));
        assertThat(VarghaDelaney.a12(censored, group(List.of(3), List.of()))).isEqualTo(1);
        assertThat(VarghaDelaney.a12(censored, group(List.of(10), List.of()))).isEqualTo(1);
        assertThat(VarghaDelaney.a12(censored, group(List.of(11), List.of()))).isEqualTo(0.5);
        assertThat(VarghaDelaney.a12(group(List.of(4), List.of()), group(List.of(4), List.of())))
                .isEqualTo(0.5);
        assertThat(Arrays.asList(0.5, 0.57, 0.35, 0.1))
                .extracting(VarghaDelaney::magnitude)
                .containsExactly("negligible", "small", "medium", "large");
    }

    /** 81 of 263 as in Newcombe, Statistics in Medicine 17 (1998), table I; 0 of 20 by hand: 1 - 0.025^(1/20). */
    @Test
    void intervalsOfShares() {
        Proportion wilson = Proportion.wilson(81, 263, 0.95);
        assertThat(wilson.low()).isCloseTo(0.2553, within(0.00005));
        assertThat(wilson.high()).isCloseTo(0.3662, within(0.00005));
        Proportion exact = Proportion.exact(81, 263, 0.95);
        assertThat(exact.low()).isCloseTo(0.2527, within(0.00005));
        assertThat(exact.high()).isCloseTo(0.3676, within(0.00005));
        assertThat(Proportion.exact(0, 20, 0.95).high()).isCloseTo(1 - Math.pow(0.025, 1 / 20.0), within(1e-9));
        assertThat(exact.share()).isCloseTo(0.308, within(0.0005));
    }

    /** Depression scores of Hollander and Wolfe (1973), p. 29, the example of R's {@code wilcox.test}: V = 40. */
    @Test
    void pairsOverManyFaults() {
        List<Double> first = exp(1.83, .50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30);
        List<Double> second = exp(.878, .647, .598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29);
        PairedLogs logs = PairedLogs.of(second, first);
        assertThat(logs.p()).isCloseTo(2 * 0.01953125, within(1e-9));
        assertThat(logs.wins()).isEqualTo(7);
        assertThat(logs.losses()).isEqualTo(2);
        assertThat(logs.ties()).isZero();
        assertThat(PairedLogs.of(List.of(1.0, 4.0), List.of(2.0, 2.0)).ratio()).isCloseTo(1, within(1e-12));
        assertThat(PairedLogs.of(List.of(1.0, 2.0), List.of(1.0, 2.0)).p()).isEqualTo(1);
    }

    private static List<Double> exp(double... logs) {
        return Arrays.stream(logs).map(Math::exp).boxed().toList();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Observation.found(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Observation.found(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> KaplanMeier.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> VarghaDelaney.a12(List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> PairedLogs.of(List.of(1.0), List.of()));
    }
}
