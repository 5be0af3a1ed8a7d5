package io.contentcrew.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** The rules of the house, for all that lies below a root package. */
final class ArchitectureRules {
  private static final Set<String> CLOCK_READING_STATICS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.time.Clock.system",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.tickMillis",
          "java.time.Clock.tickMinutes",
          "java.time.Clock.tickSeconds",
          "java.time.InstantSource.system",
          "java.util.Calendar.getInstance",
          "java.util.Date.<init>",
          "java.util.GregorianCalendar.<init>");
  private static final Set<String> ENVIRONMENT =
      Set.of(
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.getProperties",
          "java.lang.System.setProperty",
          "java.lang.Integer.getInteger",
          "java.lang.Long.getLong",
          "java.lang.Boolean.getBoolean");

  private static final Set<String> FRONT_DOORS =
      Set.of(
          "ports.Storage",
          "ports.StorageProvider",
          "ports.Stores",
          "ports.Transactions",
          "sdk.ContentCrew",
          "sdk.Generation",
          "sdk.GenerationRefusedException",
          "sdk.RevisionRefusedException");

  private final String root;
  private final Modules modules;

  ArchitectureRules(String root) {
    this.root = root;
    this.modules = new Modules(root);
  }

  /** All of them by name. */
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("every class is in a module that has rules", everyModuleIsKnown());
    modules
        .all()
        .forEach(module -> rules.put(module.name() + " uses only what it may", mayUse(module)));
    modules
        .adapters()
        .forEach(
            adapter -> rules.put(adapter.name() + " shows only its entry types", shows(adapter)));
    rules.put("no packages form a cycle", noCycles());
    rules.put("every package is null-marked", nullMarked());
    rules.put("only composition roots read the system clock", clock());
    rules.put("only the program's start reads the environment", environment());
    rules.put("only the set-up of logs knows java.util.logging", logging());
    rules.put("only the program's start owns the standard streams", streams());
    return rules;
  }

  private ArchRule everyModuleIsKnown() {
    String[] known = modules.all().stream().map(Modules.Module::packages).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .resideInAnyPackage(known)
        .because("a new module needs a list of what it may use in Modules");
  }

  private static ArchRule mayUse(Modules.Module module) {
    return classes()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(module.all()));
  }

  private static ArchRule shows(Modules.Module adapter) {
    return classes()
        .that()
        .resideInAPackage(adapter.packages())
        .and()
        .areTopLevelClasses()
        .and()
        .arePublic()
        .should(
            be(
                "be one of " + adapter.shown(),
                type -> adapter.shown().contains(type.getSimpleName())));
  }

  /**
   * The root packages of ports and sdk hold both a front door, which sees all packages below, and
   * what these have in common; so the door counts as a package of its own.
   */
  private ArchRule noCycles() {
    return slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                if (!(type.getPackageName() + ".").startsWith(root + ".")) {
                  return SliceIdentifier.ignore();
                }
                String door = FRONT_DOORS.contains(withinRoot(outermost(type))) ? " (door)" : "";
                return SliceIdentifier.of(type.getPackageName() + door);
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles();
  }

  private ArchRule nullMarked() {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            be(
                "be in a package with @NullMarked, as NullAway passes over all others",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class)));
  }

  private ArchRule clock() {
    return noneBut("app.Wiring", "app.Demo", "sdk.ContentCrew$Builder")
        .should(access("reads the system clock", ArchitectureRules::readsClock))
        .because("time is handed in as an InstantSource; nanoTime, for durations, is free");
  }

  private static boolean readsClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getPackageName();
    boolean now = owner.equals("java.time") && access.getName().equals("now");
    boolean ofAClock =
        access.getTarget().getFullName().contains("java.time.Clock)")
            || access.getTarget().getFullName().contains("java.time.InstantSource)");
    return (now && !ofAClock) || isOneOf(CLOCK_READING_STATICS, access);
  }

  private ArchRule environment() {
    return noneBut("app.Main")
        .should(access("reads the environment", access -> isOneOf(ENVIRONMENT, access)));
  }

  private ArchRule logging() {
    return noneBut("app.LogSetup", "adapters.mail.SmtpSettings") // which silences its library
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.util.logging"))
        .because("all others log with System.Logger");
  }

  private ArchRule streams() {
    return noneBut("app.Main")
        .should(
            access("uses a standard stream or ends the program", ArchitectureRules::isTerminal));
  }

  private static boolean isTerminal(JavaAccess<?> access) {
    boolean trace =
        access.getName().equals("printStackTrace")
            && access.getTarget().getFullName().endsWith("printStackTrace()");
    return trace
        || isOneOf(
            Set.of(
                "java.lang.System.out",
                "java.lang.System.err",
                "java.lang.System.in",
                "java.lang.System.exit",
                "java.lang.Runtime.exit",
                "java.lang.Runtime.halt"),
            access);
  }

  // ---- the parts that rules are made of

  private GivenClassesConjunction noneBut(String... names) {
    Set<String> free = Set.of(names);
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and(
            DescribedPredicate.describe(
                "are not " + free,
                type ->
                    !free.contains(withinRoot(type))
                        && !free.contains(withinRoot(outermost(type)))));
  }

  private static ArchCondition<JavaClass> access(String what, Predicate<JavaAccess<?>> forbidden) {
    return new ArchCondition<>("have code that " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getAccessesFromSelf().stream()
            .filter(forbidden)
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.satisfied(access, access.getDescription())));
      }
    };
  }

  private static boolean isOneOf(Set<String> names, JavaAccess<?> access) {
    return names.contains(access.getTargetOwner().getName() + "." + access.getName());
  }

  private static ArchCondition<JavaClass> be(String what, Predicate<JavaClass> rule) {
    return ArchCondition.from(DescribedPredicate.describe(what, rule));
  }

  private String withinRoot(JavaClass type) {
    return type.getName().substring(root.length() + 1);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
  }
}
