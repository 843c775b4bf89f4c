package org.mmrace.figure;

import java.util.List;
import java.util.stream.DoubleStream;
import org.mmrace.statistics.KaplanMeier;
import org.mmrace.statistics.Observation;

/**
 * Survival curves: the share of attempts that have not found it yet, over executions or time on a logarithmic axis,
 * after Kaplan and Meier, with 95 % bands; a cross where attempts gave up.
 */
public final class SurvivalFigure {
    private static final int WIDTH = 760;
    private static final int PLOT_HEIGHT = 340;
    private static final int LEFT = 60;
    private static final int RIGHT = 590;
    private static final int TOP = 40;
    private static final int LINE_HEIGHT = 15;
    private static final double CONFIDENCE = 0.95;
    private static final int CROSS = 4;
    private static final int TEXT_BELOW = 4;

    /** Okabe and Ito (2008), who chose colours that all people can tell apart; dashes tell them apart in print. */
    private static final List<String> COLOURS =
            List.of("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a00");

    private static final List<String> DASHES =
            List.of("none", "8 3", "2 2", "8 3 2 3", "12 4", "4 4", "1 3", "6 2 1 2");

    private final List<Curve> curves;
    private final Svg svg;
    private final LogAxis axis;

    private SurvivalFigure(String title, List<Curve> curves, int captionLines) {
        this.curves = curves;
        this.svg = new Svg(WIDTH, TOP + PLOT_HEIGHT + 60 + captionLines * LINE_HEIGHT, title);
        double least = times(curves).filter(time -> time > 0).min().orElse(1);
        double most = times(curves).max().orElse(1);
        this.axis = LogAxis.around(least, Math.max(least, most), LEFT, RIGHT);
    }

    private static DoubleStream times(List<Curve> curves) {
        return curves.stream().flatMap(curve -> curve.observations().stream()).mapToDouble(Observation::time);
    }

    /**
     * Draws them.
     *
     * @param title above
     * @param unit of the times: what the horizontal axis says
     * @param caption below, what was measured and how, in lines of 120 characters at most
     * @return the file
     */
    public static String of(String title, String unit, List<Curve> curves, List<String> caption) {
        SurvivalFigure figure = new SurvivalFigure(title, List.copyOf(curves), caption.size());
        figure.svg.text(LEFT, TOP - 18, "start", title, "font-size", "15", "font-weight", "bold");
        figure.axes(unit);
        for (int i = 0; i < curves.size(); i++) {
            figure.band(i);
        }
        for (int i = 0; i < curves.size(); i++) {
            figure.curve(i);
            figure.legend(i);
        }
        for (int i = 0; i < caption.size(); i++) {
            figure.svg.text(LEFT, TOP + PLOT_HEIGHT + 62 + i * LINE_HEIGHT, "start", caption.get(i), "font-size", "11");
        }
        return figure.svg.finish();
    }

    private static double y(double share) {
        return TOP + (1 - share) * PLOT_HEIGHT;
    }

    private void axes(String unit) {
        for (int power : axis.powers()) {
            double x = axis.at(Math.pow(10, power));
            svg.line(x, y(0), x, y(1), "#dddddd");
            svg.text(x, y(0) + 16, "middle", LogAxis.label(power));
        }
        for (int quarter = 0; quarter <= 4; quarter++) {
            double share = quarter / 4.0;
            svg.line(LEFT, y(share), RIGHT, y(share), "#dddddd");
            svg.text(LEFT - 6, y(share) + TEXT_BELOW, "end", Svg.number(share));
        }
        svg.line(LEFT, y(0), RIGHT, y(0), "#000000");
        svg.line(LEFT, y(0), LEFT, y(1), "#000000");
        svg.text((LEFT + RIGHT) / 2.0, y(0) + 36, "middle", unit);
        double middle = y(0.5);
        svg.text(
                16,
                middle,
                "middle",
                "share of attempts that have not found it",
                "transform",
                "rotate(-90 16 " + Svg.number(middle) + ")");
    }

    private void band(int i) {
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        KaplanMeier estimate = curves.get(i).estimate();
        List<KaplanMeier.Step> steps = estimate.steps();
        for (int at = 0; at < steps.size(); at++) {
            KaplanMeier.Step step = steps.get(at);
            double from = axis.at(step.time());
            double to = axis.at(at + 1 < steps.size() ? steps.get(at + 1).time() : estimate.last());
            KaplanMeier.Band band = KaplanMeier.band(step, CONFIDENCE);
            upper.append(point(from, band.high())).append(point(to, band.high()));
            lower.insert(0, point(to, band.low()) + point(from, band.low()));
        }
        if (estimate.size() > 1 && !steps.isEmpty()) {
            String points = (upper.toString() + lower).strip();
            svg.element("polygon", "points", points, "fill", colour(i), "fill-opacity", "0.1");
        }
    }

    private static String point(double x, double share) {
        return Svg.number(x) + "," + Svg.number(y(share)) + " ";
    }

    private void curve(int i) {
        KaplanMeier estimate = curves.get(i).estimate();
        StringBuilder path = new StringBuilder("M" + LEFT + " " + Svg.number(y(1)));
        for (KaplanMeier.Step step : estimate.steps()) {
            path.append(" H").append(Svg.number(axis.at(step.time())));
            path.append(" V").append(Svg.number(y(step.survival())));
        }
        path.append(" H").append(Svg.number(axis.at(estimate.last())));
        svg.element(
                "path",
                "d",
                path.toString(),
                "fill",
                "none",
                "stroke",
                colour(i),
                "stroke-width",
                "1.8",
                "stroke-dasharray",
                dash(i));
        curves.get(i).observations().stream()
                .filter(one -> !one.found())
                .mapToDouble(Observation::time)
                .distinct()
                .sorted()
                .forEach(time -> cross(axis.at(time), y(estimate.survival(time)), colour(i)));
    }

    private void cross(double x, double y, String colour) {
        svg.line(x - CROSS, y, x + CROSS, y, colour);
        svg.line(x, y - CROSS, x, y + CROSS, colour);
    }

    private void legend(int i) {
        double y = TOP + 10 + i * 20.0;
        Curve curve = curves.get(i);
        long found = curve.observations().stream().filter(Observation::found).count();
        svg.element(
                "line",
                "x1",
                Svg.number(RIGHT + 12.0),
                "y1",
                Svg.number(y),
                "x2",
                Svg.number(RIGHT + 42.0),
                "y2",
                Svg.number(y),
                "stroke",
                colour(i),
                "stroke-width",
                "1.8",
                "stroke-dasharray",
                dash(i));
        String words = curve.name() + " (" + found + "/" + curve.observations().size() + ")";
        svg.text(RIGHT + 48, y + TEXT_BELOW, "start", words);
    }

    private static String colour(int i) {
        return COLOURS.get(i % COLOURS.size());
    }

    private static String dash(int i) {
        return DASHES.get(i % DASHES.size());
    }
}
