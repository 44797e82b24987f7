package io.nanoswarm.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder;
import org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the members of a cluster know each other by, from {@code swarm.cluster.tls}; each key is
 * explained in {@code reference.conf}. Holds paths and no secret.
 *
 * <p>Guarantees: the three files could be read and fit together when these settings were read. What
 * they hold is told to nobody: a message names the file.
 *
 * @param certificate of this node
 * @param key of the certificate
 * @param ca certificate of who has issued those of all members
 */
public record TlsSettings(Path certificate, Path key, Path ca) {
  private static final String SECTION = "swarm.cluster.tls.";
  private static final String CERTIFICATE = "certificate-file";
  private static final String KEY = "key-file";
  private static final String CA = "ca-file";

  /**
   * @param section {@code swarm.cluster.tls}
   * @return null if none of it is set
   * @throws IllegalArgumentException naming key, value and what was expected
   */
  static @Nullable TlsSettings of(Config section) {
    var keys = List.of(CERTIFICATE, KEY, CA);
    Predicate<String> isSet = key -> !section.getString(key).isBlank();
    var set = keys.stream().filter(isSet).toList();
    if (set.isEmpty()) {
      return null;
    }
    keys.stream()
        .filter(isSet.negate())
        .findFirst()
        .ifPresent(key -> {
          throw wrong(
              key,
              section.getString(key),
              "a file, since %s is set: all three or none".formatted(SECTION + set.getFirst()));
        });
    var certificateFile = section.getString(CERTIFICATE);
    var keyFile = section.getString(KEY);
    var caFile = section.getString(CA);
    X509Certificate certificate = certificate(CERTIFICATE, certificateFile);
    X509Certificate ca = certificate(CA, caFile);
    checkIssued(certificate, certificateFile, ca);
    checkKey(keyFile, certificate.getPublicKey());
    return new TlsSettings(absolute(certificateFile), absolute(keyFile), absolute(caFile));
  }

  private static X509Certificate certificate(String key, String file) {
    X509Certificate certificate;
    try {
      var bytes = new ByteArrayInputStream(read(key, file).getBytes(StandardCharsets.UTF_8));
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    } catch (CertificateException _) {
      throw wrong(key, file, "a certificate in PEM");
    }
    try {
      // By the clock of the system, as every handshake does.
      certificate.checkValidity();
    } catch (CertificateException _) {
      throw wrong(
          key,
          file,
          "a certificate that is valid now; this one is from %s to %s"
              .formatted(
                  certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()));
    }
    return certificate;
  }

  private static void checkIssued(X509Certificate certificate, String file, X509Certificate ca) {
    try {
      certificate.verify(ca.getPublicKey());
    } catch (GeneralSecurityException _) {
      throw wrong(
          CERTIFICATE,
          file,
          "a certificate issued by that in %s, with none between them".formatted(SECTION + CA));
    }
  }

  private static void checkKey(String file, PublicKey certified) {
    String text = read(KEY, file);
    byte[] signed;
    try {
      var signature = signature();
      signature.initSign(DERPrivateKeyLoader.load(PEMDecoder.decode(text)));
      signed = signature.sign();
    } catch (GeneralSecurityException | RuntimeException _) {
      throw wrong(KEY, file, "an RSA key in PEM, PKCS#8 or PKCS#1, that is not encrypted");
    }
    if (!isBy(certified, signed)) {
      throw wrong(KEY, file, "the key of the certificate in %s".formatted(SECTION + CERTIFICATE));
    }
  }

  private static boolean isBy(PublicKey certified, byte[] signed) {
    try {
      var signature = signature();
      signature.initVerify(certified);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static Signature signature() throws GeneralSecurityException {
    return Signature.getInstance("SHA256withRSA");
  }

  private static String read(String key, String file) {
    try {
      return Files.readString(Path.of(file.strip()), StandardCharsets.ISO_8859_1);
    } catch (IOException | InvalidPathException _) {
      throw wrong(key, file, "a file that this user can read");
    }
  }

  private static Path absolute(String file) {
    return Path.of(file.strip()).toAbsolutePath().normalize();
  }

  private static IllegalArgumentException wrong(String key, String value, String expected) {
    return new IllegalArgumentException(
        "%s: '%s' (expected: %s)".formatted(SECTION + key, value, expected));
  }

  /** What Pekko is told: both sides of a connection show a certificate, or there is none. */
  Config pekko() {
    var files = "pekko.remote.artery.ssl.rotating-keys-engine.";
    return ConfigFactory.parseMap(
        Map.of(
            "pekko.remote.artery.transport",
            "tls-tcp",
            "pekko.remote.artery.ssl.ssl-engine-provider",
            RotatingKeysSSLEngineProvider.class.getName(),
            files + "cert-file",
            certificate.toString(),
            files + "key-file",
            key.toString(),
            files + "ca-cert-file",
            ca.toString(),
            files + "protocol",
            "TLSv1.3"));
  }
}
