package io.tokenmeter.mapping.event;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A usage event in the making: its fields, its counts and its tags. */
public final class EventDraft {

  static {
    GeneratedClasses.trust();
  }

  private final UsageEvent event = new UsageEvent();
  private final UsageCounts counts = new UsageCounts();
  private final Tags tags = new Tags();

  /** An event with the schema's defaults and nothing else. */
  public EventDraft() {
    event.setCostRole(CostRole.LEAF);
    event.setStatus(RequestStatus.OK);
    event.setUsageSource(UsageSource.PROVIDER);
  }

  /** The fields that are neither counts nor tags; those are written by {@link #finish}. */
  public UsageEvent fields() {
    return event;
  }

  public UsageCounts counts() {
    return counts;
  }

  public Tags tags() {
    return tags;
  }

  /** When the request was made, cut off to microseconds. */
  public void occurredAt(Instant instant) {
    event.setOccurredAt(instant.truncatedTo(ChronoUnit.MICROS));
  }

  /** Provider by whatever name; if that is not the one of price lists, it is kept as a tag. */
  public void provider(@Nullable String name) {
    if (name != null) {
      String known = Providers.canonical(name);
      event.setProvider(known);
      if (!known.equals(name)) {
        tags.put("provider_name", name);
      }
    }
  }

  /** Models asked for and served; the one asked for is kept only where it differs. */
  public void models(@Nullable String requested, @Nullable String served) {
    event.setModel(served != null ? served : requested);
    if (served != null && requested != null && !requested.equals(served)) {
      event.setRequestedModel(requested);
    }
  }

  /**
   * Service tiers by whatever name. Only the served one decides the price; a requested one that was
   * not confirmed is a tag.
   */
  public void serviceTiers(@Nullable String requested, @Nullable String served) {
    event.setServiceTier(served == null ? null : ServiceTiers.canonical(served));
    tags.put("requested_service_tier", requested);
  }

  /** The request failed, and how. */
  public void failed(@Nullable String errorType) {
    event.setErrorType(errorType);
    event.setStatus(Errors.isAbort(errorType) ? RequestStatus.ABORTED : RequestStatus.ERROR);
  }

  /**
   * The whole event, checked.
   *
   * @throws RejectedException if the application would reject it
   */
  public UsageEvent finish(EventCheck check) throws RejectedException {
    counts.writeTo(event);
    event.setTags(tags.toMap());
    check.check(event);
    return event;
  }
}
