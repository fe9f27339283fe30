/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import io.github.browserstreamserver.stream.PeerLimits;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ProxyRegistry} can do without.
 *
 * @param routes finds the code behind paths that streams ask for
 * @param patience how long clients wait for a name, and names for their owners
 * @param delays runs what ends such waiting
 * @param limits what one peer may have
 * @param authorizer decides who may what, {@code null} for everybody everything
 */
public record ProxyOptions(RouteResolver routes, NamePatience patience, Delays delays, PeerLimits limits,
		@Nullable StreamAuthorizer authorizer) {

	/** No routes, nobody waits, no bounds, and everybody may. */
	public static final ProxyOptions NONE = new ProxyOptions(RouteResolver.NONE, NamePatience.NONE,
			(delay, task) -> () -> {
			}, PeerLimits.NONE, null);

	/**
	 * Returns the same with routes.
	 * @param newRoutes finds the code behind paths
	 * @return new options
	 */
	public ProxyOptions routes(RouteResolver newRoutes) {
		return new ProxyOptions(newRoutes, this.patience, this.delays, this.limits, this.authorizer);
	}

	/**
	 * Returns the same with patience.
	 * @param newPatience how long who waits
	 * @param newDelays runs what ends the waiting
	 * @return new options
	 */
	public ProxyOptions patience(NamePatience newPatience, Delays newDelays) {
		return new ProxyOptions(this.routes, newPatience, newDelays, this.limits, this.authorizer);
	}

	/**
	 * Returns the same with bounds.
	 * @param newLimits what one peer may have
	 * @return new options
	 */
	public ProxyOptions limits(PeerLimits newLimits) {
		return new ProxyOptions(this.routes, this.patience, this.delays, newLimits, this.authorizer);
	}

	/**
	 * Returns the same with somebody who decides.
	 * @param newAuthorizer decides who may what, {@code null} for everybody everything
	 * @return new options
	 */
	public ProxyOptions authorizer(@Nullable StreamAuthorizer newAuthorizer) {
		return new ProxyOptions(this.routes, this.patience, this.delays, this.limits, newAuthorizer);
	}

}
