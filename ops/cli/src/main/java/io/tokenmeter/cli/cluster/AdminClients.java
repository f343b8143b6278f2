package io.tokenmeter.cli.cluster;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Makes admin clients that give up in seconds, because somebody is waiting at the terminal. */
public final class AdminClients {

  private static final String PASSED_THROUGH = "streams.";

  private AdminClients() {}

  /** An admin client for the cluster of these settings, with the security settings given there. */
  public static Admin create(Map<String, ?> settings) {
    Map<String, Object> config = new HashMap<>();
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 7_500);
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(PASSED_THROUGH)) {
            String plain = name.substring(PASSED_THROUGH.length());
            String setting = plain.startsWith("admin.") ? plain.substring(6) : plain;
            if (AdminClientConfig.configNames().contains(setting)) {
              config.put(setting, value);
            }
          }
        });
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.get("bootstrap.servers"));
    return Admin.create(config);
  }
}
