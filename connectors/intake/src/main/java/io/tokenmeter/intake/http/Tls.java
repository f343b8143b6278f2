package io.tokenmeter.intake.http;

import io.tokenmeter.intake.config.IntakeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Key and certificate of the intake, from PEM files or a keystore, read by Kafka's own reader. */
final class Tls {
  private Tls() {}

  /**
   * What the settings say about TLS; null where they say nothing.
   *
   * @throws ConfigException if a file is missing or does not hold what it should
   */
  static SslContextFactory.@Nullable Server of(IntakeConfig config) {
    String certificate = config.getString(IntakeConfig.TLS_CERTIFICATE);
    String key = config.getString(IntakeConfig.TLS_KEY);
    String keystore = config.getString(IntakeConfig.TLS_KEYSTORE);
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new ConfigException("tls.certificate and tls.key belong together; one is missing");
    }
    if (!certificate.isEmpty() && !keystore.isEmpty()) {
      throw new ConfigException("set tls.keystore, or tls.certificate and tls.key, not both");
    }
    if (certificate.isEmpty() && keystore.isEmpty()) {
      return null;
    }
    return factory(keystore.isEmpty() ? pem(certificate, key) : keystore(config, keystore), config);
  }

  private static Map<String, Object> pem(String certificate, String key) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
    settings.put(
        SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
        new Password(read(IntakeConfig.TLS_CERTIFICATE, certificate)));
    settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(read(IntakeConfig.TLS_KEY, key)));
    return settings;
  }

  private static Map<String, Object> keystore(IntakeConfig config, String file) {
    if (!Files.isReadable(Path.of(file))) {
      throw new ConfigException(IntakeConfig.TLS_KEYSTORE, file, "no such file, or not readable");
    }
    Map<String, Object> settings = new HashMap<>();
    // Java reads PKCS#12 under this name as well.
    settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "JKS");
    settings.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, file);
    settings.put(
        SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
        config.getPassword(IntakeConfig.TLS_KEYSTORE_PASSWORD));
    return settings;
  }

  private static SslContextFactory.Server factory(
      Map<String, Object> settings, IntakeConfig config) {
    Password keyPassword = config.getPassword(IntakeConfig.TLS_KEY_PASSWORD);
    if (!keyPassword.value().isEmpty()) {
      settings.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, keyPassword);
    }
    SslContextFactory.Server factory = new SslContextFactory.Server();
    try (DefaultSslEngineFactory engines = new DefaultSslEngineFactory()) {
      engines.configure(new ConfigDef().withClientSslSupport().parse(settings));
      factory.setSslContext(engines.sslContext());
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigException(
          "cannot use the key and certificate in tls.*: " + cause.getMessage());
    }
    return factory;
  }

  private static String read(String setting, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException(setting, file, "no such file");
    } catch (IOException e) {
      throw new ConfigException(setting, file, "cannot be read: " + e.getMessage());
    }
  }
}
