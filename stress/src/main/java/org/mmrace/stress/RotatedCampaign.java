package org.mmrace.stress;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Campaigns one after the other, each with another combination of knobs, until one finds something. */
public final class RotatedCampaign {
    /** Hears how it goes on, on the thread that runs it. */
    public interface Listener {
        /** {@code turn} begins; gives who hears how its campaign goes on. */
        StressListener begins(KnobRotation.Turn turn);

        /** It has ended. */
        void ended(Ended turn);
    }

    /** One turn and what came out of it. */
    public record Ended(KnobRotation.Turn turn, StressResult result) {
        /** Whether nothing of it speaks against the next turn. */
        boolean mayGoOn() {
            return result.violations().isEmpty() && !result.interrupted() && result.failure() == null;
        }
    }

    private final List<KnobRotation.Turn> turns;
    private volatile boolean interrupted;
    private volatile @Nullable StressCampaign current;

    /** Campaigns for {@code turns}; nothing runs before {@link #run}. */
    public RotatedCampaign(List<KnobRotation.Turn> turns) {
        this.turns = List.copyOf(turns);
    }

    /** Tells it to come to an end soon and in order; any thread may call this. */
    public void interrupt() {
        interrupted = true;
        StressCampaign running = current;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Runs the turns to the end, or to the first violation; what has run, in order. */
    public List<Ended> run(Listener listener) {
        List<Ended> all = new ArrayList<>();
        for (KnobRotation.Turn turn : turns) {
            StressCampaign campaign = new StressCampaign(turn.config());
            current = campaign;
            if (interrupted) {
                campaign.interrupt();
            }
            Ended ended = new Ended(turn, campaign.run(listener.begins(turn)));
            all.add(ended);
            listener.ended(ended);
            if (!ended.mayGoOn()) {
                break;
            }
        }
        return all;
    }
}
