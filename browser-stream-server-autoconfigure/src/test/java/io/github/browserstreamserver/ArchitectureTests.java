/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms of the house and the arrows between them. When one of these fails, the class
 * most likely stands in the wrong room.
 */
@AnalyzeClasses(packages = ArchitectureTests.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	static final String ROOT = "io.github.browserstreamserver";

	/**
	 * The public top-level types, without the root package: what applications may use and
	 * what one room shows to another.
	 */
	private static final Set<String> PUBLIC_TYPES = Set.of(
			// what applications use
			"stream.DuplexStream", "stream.ErrorCode", "stream.Message", "stream.MessageKind", "stream.StreamException",
			"stream.StreamHandler", "proxy.DestroyReason", "proxy.ListeningServer", "proxy.ProxyRegistry",
			"proxy.ServerInfo", "proxy.StreamAuthorizer", "stream.PeerIdentity", "event.ServerCreatedEvent",
			"event.ServerDestroyedEvent", "route.RouteHandler", "route.RouteMatch", "route.StreamRoute",
			"actuate.StreamServersEndpoint", "autoconfigure.BrowserStreamServerProperties",
			// what Spring constructs
			"autoconfigure.BrowserStreamServerAutoConfiguration", "autoconfigure.OtherStacksAutoConfiguration",
			"autoconfigure.StreamServersEndpointAutoConfiguration", "websocket.StreamConnections",
			"websocket.StreamHandlerMapping", "websocket.StreamWebSocketHandler", "sockjs.BootHandlerMapping",
			// what one room shows to the next
			"stream.Budget", "stream.ByteRate", "stream.Gone", "stream.OutgoingStream", "stream.Peer",
			"stream.StreamAcceptor", "stream.StreamEnd", "stream.Counts", "stream.OpenRate", "stream.PeerLimits",
			"stream.TargetRules", "stream.MetadataRules", "proxy.Delays", "proxy.NamePatience", "proxy.ProxyOptions",
			"websocket.OriginRules", "websocket.SessionPeer", "stream.StreamKind", "stream.StreamRequest",
			"transport.BatchBuffers", "transport.BatchSource", "transport.BatchWriter", "transport.Connection",
			"transport.Dialect", "transport.Trampoline", "transport.TransportEnd", "transport.Transport",
			"transport.WheelTime", "binary.BinaryDialect", "binary.BinaryLimits", "muxdemux.MuxDemuxDialect",
			"muxdemux.MuxDemuxLimits", "proxy.RouteResolver", "proxy.ServerListener", "route.StreamRoutes",
			"websocket.PlainUpgradeStrategy", "websocket.CarriedSession", "lean.EventLoops", "lean.TomcatSupport",
			"lean.LeanUpgradeStrategy",
			// what Tomcat constructs
			"lean.TomcatUpgrade", "websocket.WellFormedRequestInterceptor");

	@ArchTest
	static final ArchRule everyClassStandsInARoom = classes().should()
		.resideInAnyPackage(rooms("stream", "transport", "binary", "muxdemux", "proxy", "route", "websocket", "sockjs",
				"lean", "event", "actuate", "autoconfigure"))
		.because("a new room needs its own arrows here");

	@ArchTest
	static final ArchRule streamKnowsNoOtherRoom = room("stream");

	@ArchTest
	static final ArchRule transportKnowsStream = room("transport", "stream");

	@ArchTest
	static final ArchRule binaryKnowsStreamAndTransport = room("binary", "stream", "transport");

	@ArchTest
	static final ArchRule muxdemuxKnowsStreamAndTransport = room("muxdemux", "stream", "transport");

	@ArchTest
	static final ArchRule routeKnowsStreamAndProxy = room("route", "stream", "proxy");

	@ArchTest
	static final ArchRule proxyKnowsStream = room("proxy", "stream");

	@ArchTest
	static final ArchRule eventKnowsStreamAndProxy = room("event", "stream", "proxy");

	@ArchTest
	static final ArchRule actuateKnowsStreamAndProxy = room("actuate", "stream", "proxy");

	@ArchTest
	static final ArchRule websocketKnowsWhatItConnects = room("websocket", "stream", "transport", "binary", "proxy");

	@ArchTest
	static final ArchRule sockjsKnowsWhatCarriesIt = room("sockjs", "stream", "transport", "websocket");

	@ArchTest
	static final ArchRule leanKnowsWhatItCarries = room("lean", "stream", "transport", "websocket");

	@ArchTest
	static final ArchRule onlyItsDoorsSeeTomcat = noClasses().that()
		.resideInAPackage(ROOT + ".lean..")
		.and()
		.haveNameNotMatching(".*[.]Tomcat[^.]*")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.apache..")
		.because("the rest of the lean transport is tested without a Tomcat");

	@ArchTest
	static final ArchRule nobodyKnowsAutoconfigure = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".autoconfigure..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule noCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);

	@ArchTest
	static final ArchRule coreIsPlainJava = noClasses().that()
		.resideInAnyPackage(rooms("stream", "transport", "binary", "muxdemux", "proxy"))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule onlyTheRoomsOfWebSocketsSeeSpringWebSocket = noClasses().that()
		.resideOutsideOfPackages(rooms("websocket", "sockjs", "lean", "autoconfigure"))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.web.socket..")
		.allowEmptyShould(true);

	@ArchTest
	static void publicTypesAreAClosedList(JavaClasses classes) {
		Set<String> found = classes.stream()
			.filter(JavaClass::isTopLevelClass)
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.map((type) -> type.getName().substring(ROOT.length() + 1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(found)
			.as("Public top-level types. Make a new type package-private if only its own package uses it; "
					+ "otherwise add it to (or take it from) ArchitectureTests.PUBLIC_TYPES, "
					+ "since a public type is a promise to whoever uses it")
			.containsExactlyInAnyOrderElementsOf(PUBLIC_TYPES);
	}

	private static ArchRule room(String name, String... known) {
		String[] allowed = Arrays.copyOf(known, known.length + 1);
		allowed[known.length] = name;
		DescribedPredicate<JavaClass> otherRooms = resideInAPackage(ROOT + "..")
			.and(DescribedPredicate.not(resideInAnyPackage(rooms(allowed))))
			.as("stand in rooms other than " + String.join(", ", allowed));
		return noClasses().that()
			.resideInAPackage(ROOT + "." + name + "..")
			.should()
			.dependOnClassesThat(otherRooms)
			.allowEmptyShould(true);
	}

	private static String[] rooms(String... names) {
		return Arrays.stream(names).map((name) -> ROOT + "." + name + "..").toArray(String[]::new);
	}

}
