package io.nanoswarm.cluster.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.Valid$;
import org.apache.pekko.util.Version;
import org.junit.jupiter.api.Test;

class WireVersionTest {
  private static final WireVersion ONE = new WireVersion(1, 0);
  private static final WireVersion TWO = new WireVersion(2, 1);
  private static final WireVersion THREE = new WireVersion(3, 2);

  private static Config sent(WireVersion version) {
    return ConfigFactory.parseMap(version.told());
  }

  private static ConfigValidation check(Config other, Config own) {
    return new FittingVersions().check(other, own);
  }

  @Test
  void versions_one_step_apart_fit_and_those_two_apart_do_not() {
    assertThat(ONE.fits(TWO) && TWO.fits(ONE)).isTrue();
    assertThat(TWO.fits(THREE) && THREE.fits(TWO)).isTrue();
    assertThat(ONE.fits(THREE) || THREE.fits(ONE)).isFalse();
  }

  @Test
  void pekko_is_told_so_by_either_side() {
    assertThat(check(sent(ONE), sent(TWO))).isEqualTo(Valid$.MODULE$);
    for (var refused :
        new ConfigValidation[] {check(sent(ONE), sent(THREE)), check(sent(THREE), sent(ONE))}) {
      assertThat(((Invalid) refused).errorMessages().mkString())
          .contains("wire version 1, understands 0 and later")
          .contains("wire version 3, understands 2 and later");
    }
  }

  @Test
  void a_program_that_says_nothing_of_it_speaks_version_0() {
    assertThat(check(ConfigFactory.empty(), sent(ONE))).isEqualTo(Valid$.MODULE$);
    assertThat(check(ConfigFactory.empty(), sent(TWO))).isInstanceOf(Invalid.class);
    assertThat(WireVersion.ofMember("0.0.0")).isEqualTo(WireVersion.BEFORE);
  }

  @Test
  void members_know_each_others_version_and_the_newer_is_greater() {
    for (var version : new WireVersion[] {ONE, TWO, THREE, WireVersion.OURS}) {
      assertThat(WireVersion.ofMember(version.appVersion())).isEqualTo(version);
    }
    assertThat(new Version(TWO.appVersion()).compareTo(new Version(ONE.appVersion()))).isPositive();
    assertThat(new Version(ONE.appVersion()).compareTo(new Version("0.0.0"))).isPositive();
    assertThat(new Version("12.11").compareTo(new Version("2.1"))).isPositive();
  }

  @Test
  void what_makes_no_sense_is_no_version() {
    assertThatThrownBy(() -> new WireVersion(1, 2)).hasMessageContaining("understands 2");
    assertThat(WireVersion.ofMember("7.9")).isEqualTo(WireVersion.BEFORE);
    assertThat(WireVersion.ofMember("development")).isEqualTo(WireVersion.BEFORE);
  }
}
