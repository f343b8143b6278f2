package io.tokenmeter.streams.commit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds {@link CommitBoundStore}s for a topology. */
public final class CommitBoundStoreBuilder<S extends CommitBoundStore> implements StoreBuilder<S> {
  private final String name;
  private final Supplier<S> stores;
  private final Map<String, String> logConfig = new HashMap<>();
  private boolean logged = true;

  /** A builder of logged stores; the supplier makes a new store at each call. */
  public CommitBoundStoreBuilder(String name, Supplier<S> stores) {
    this.name = name;
    this.stores = stores;
  }

  @Override
  public S build() {
    return stores.get();
  }

  @Override
  public CommitBoundStoreBuilder<S> withCachingEnabled() {
    return this;
  }

  @Override
  public CommitBoundStoreBuilder<S> withCachingDisabled() {
    return this;
  }

  @Override
  public CommitBoundStoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
    logged = true;
    logConfig.putAll(config);
    return this;
  }

  @Override
  public CommitBoundStoreBuilder<S> withLoggingDisabled() {
    logged = false;
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return logConfig;
  }

  @Override
  public boolean loggingEnabled() {
    return logged;
  }

  @Override
  public String name() {
    return name;
  }
}
