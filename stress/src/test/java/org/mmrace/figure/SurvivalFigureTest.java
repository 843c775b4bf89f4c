package org.mmrace.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.mmrace.statistics.Observation;
import org.w3c.dom.Document;

class SurvivalFigureTest {
    private static final List<Curve> CURVES = List.of(
            new Curve("random", List.of(Observation.found(1), Observation.found(10), Observation.censored(100))),
            new Curve("a < b", List.of(Observation.found(10))));

    private static String figure() {
        return SurvivalFigure.of("B25 & others", "executions", CURVES, List.of("2 seeds", "JDK 25"));
    }

    @Test
    void theFigureIsXmlWithALineABandAndALegendForEachCurve() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(figure().getBytes(StandardCharsets.UTF_8)));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2);
        assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(1);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("B25 & others");
        assertThat(figure()).contains("random (2/3)", "a &lt; b (1/1)", ">JDK 25<", ">executions<");
    }

    @Test
    void theSameDataGiveTheSameBytes() {
        assertThat(figure()).isEqualTo(figure());
    }

    /** The axis is from 1 to 100, 60 to 590 pixels: 10 is in the middle. */
    @Test
    void aCurveFallsWhereSomethingWasFoundAndEndsWhereTheLastOneGaveUp() {
        assertThat(figure()).contains("d=\"M60 40 H60 V153.33 H325 V266.67 H590\"", "d=\"M60 40 H325 V380 H325\"");
    }

    @Test
    void powersOfTenAreShort() {
        assertThat(List.of(-2, -1, 0, 2, 3, 4, 6, 8, 9))
                .extracting(LogAxis::label)
                .containsExactly("0.01", "0.1", "1", "100", "1000", "10k", "1M", "100M", "1e9");
        assertThat(LogAxis.around(3, 1000, 0, 1)).isEqualTo(new LogAxis(0, 3, 0, 1));
        assertThat(LogAxis.around(5, 5, 0, 1).at(0)).isZero();
    }
}
