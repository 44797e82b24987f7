package io.nanoswarm.certificates;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A CA, and one certificate of it for all nodes of a swarm, made by the keytool of this JDK.
 *
 * <p>Guarantees: files that exist stay as they are; the node's key can be read by its owner alone;
 * the CA's key is forgotten, so that nobody can issue more.
 *
 * @param until when they are no longer valid
 */
public record TrialCertificates(Path certificate, Path key, Path ca, Instant until) {
  public static final int DAYS = 30;

  /** That all members have in common: a node does not speak to a certificate without it. */
  private static final String NAME = "nanoswarm";

  private static final Pattern DNS_NAME =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
  private static final Pattern IPV4 =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  private static final int PASSWORD_BYTES = 24;
  private static final int PEM_LINE = 64;

  /**
   * @param folder made if it does not exist
   * @param hosts names and addresses to put into the certificate as well
   * @throws FileAlreadyExistsException if one of the files is there; nothing has changed then
   * @throws IllegalArgumentException if one of the hosts is none
   * @throws IOException with what the keytool has said, if it does not do it
   */
  public static TrialCertificates make(Path folder, List<String> hosts)
      throws IOException, InterruptedException {
    var names =
        Stream.concat(Stream.of(NAME), hosts.stream())
            .map(TrialCertificates::alternativeName)
            .collect(Collectors.joining(","));
    Path certificate = folder.resolve("node.pem");
    Path key = folder.resolve("node-key.pem");
    Path ca = folder.resolve("ca.pem");
    for (Path file : List.of(certificate, key, ca)) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    Files.createDirectories(folder, mine(folder, "rwx------"));
    Path workshop = Files.createTempDirectory(folder, ".certs", mine(folder, "rwx------"));
    Path store = workshop.resolve("store");
    Path password = workshop.resolve("password");
    try {
      Files.writeString(password, randomPassword());
      generate(
          store,
          password,
          "ca",
          "CN=%s trial CA".formatted(NAME),
          List.of("-ext", "bc:critical=ca:true,pathlen:0", "-ext", "ku:critical=keyCertSign"));
      generate(
          store,
          password,
          "node",
          "CN=" + NAME,
          List.of(
              "-signer", "ca",
              "-ext", "san=" + names,
              "-ext", "ku:critical=digitalSignature",
              "-ext", "eku=serverAuth,clientAuth"));
      char[] secret = Files.readString(password).toCharArray();
      var keys = KeyStore.getInstance(store.toFile(), secret);
      var nodes = (X509Certificate) keys.getCertificate("node");
      Files.createFile(key, mine(folder, "rw-------"));
      Files.writeString(key, pem("PRIVATE KEY", keys.getKey("node", secret).getEncoded()));
      write(ca, pem("CERTIFICATE", keys.getCertificate("ca").getEncoded()));
      write(certificate, pem("CERTIFICATE", nodes.getEncoded()));
      return new TrialCertificates(certificate, key, ca, nodes.getNotAfter().toInstant());
    } catch (GeneralSecurityException e) {
      throw new IOException("what the keytool has made cannot be read: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(store);
      Files.deleteIfExists(password);
      Files.delete(workshop);
    }
  }

  private static String alternativeName(String host) {
    if (IPV4.matcher(host).matches() || IPV6.matcher(host).matches()) {
      return "ip:" + host;
    }
    if (DNS_NAME.matcher(host).matches() && !NUMBERS.matcher(host).matches()) {
      return "dns:" + host;
    }
    throw new IllegalArgumentException(
        "'%s' is no host (expected: a name or an address)".formatted(host));
  }

  private static void generate(
      Path store, Path password, String alias, String subject, List<String> more)
      throws IOException, InterruptedException {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Duser.language=en",
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                subject,
                "-keyalg",
                "RSA",
                "-keysize",
                "3072",
                "-validity",
                Integer.toString(DAYS),
                // Clocks of machines differ.
                "-startdate",
                "-1H",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:file",
                password.toString()));
    line.addAll(more);
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool has failed: " + said.strip());
    }
  }

  private static String randomPassword() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static String pem(String what, byte[] der) {
    var lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
  }

  private static FileAttribute<?>[] mine(Path folder, String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
