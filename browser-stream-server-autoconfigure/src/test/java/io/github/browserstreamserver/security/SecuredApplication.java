/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.security;

import java.security.Principal;
import java.util.concurrent.CompletableFuture;

import io.github.browserstreamserver.proxy.StreamAuthorizer;
import io.github.browserstreamserver.proxy.StreamAuthorizer.Attempt;
import io.github.browserstreamserver.proxy.StreamAuthorizer.Decision;
import io.github.browserstreamserver.stream.StreamKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The example of {@code docs/configuration.md}: its lines are these, and
 * {@link SecurityExampleTests} compares them.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SecuredApplication {

	static final String PASSWORD = "{noop}secret";

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/browser-server/*.js").permitAll().anyRequest().authenticated())
			.csrf((csrf) -> csrf.ignoringRequestMatchers("/browser-server"))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	StreamAuthorizer authorizer(UserDetailsService users, AsyncTaskExecutor applicationTaskExecutor) {
		return (attempt) -> CompletableFuture.supplyAsync(() -> decide(attempt, users), applicationTaskExecutor);
	}

	private static Decision decide(Attempt attempt, UserDetailsService users) {
		Principal principal = attempt.peer().principal();
		if (principal == null) {
			return Decision.deny("log in first");
		}
		UserDetails user = users.loadUserByUsername(principal.getName()); // as of now
		if (!user.isEnabled()) {
			return Decision.deny("this account is closed");
		}
		if (attempt.kind() != StreamKind.LISTEN) {
			return Decision.allow();
		}
		if (attempt.target().startsWith("user/")) {
			boolean own = attempt.target().startsWith("user/" + user.getUsername() + "/");
			return own ? Decision.allow() : Decision.deny("this name is another user's");
		}
		if (attempt.target().startsWith("news/")) {
			boolean editor = AuthorityUtils.authorityListToSet(user.getAuthorities()).contains("ROLE_EDITOR");
			return editor ? Decision.allow() : Decision.deny("only editors listen here");
		}
		return Decision.allow();
	}

	@Bean
	InMemoryUserDetailsManager users() {
		return new InMemoryUserDetailsManager(user("alice"), user("bob", "EDITOR"), user("eve"));
	}

	static UserDetails user(String name, String... roles) {
		return User.withUsername(name).password(PASSWORD).roles(roles).build();
	}

	/**
	 * Begins and ends a session, as a form of a page would.
	 */
	@RestController
	static class Sessions {

		@GetMapping("/log-in")
		void logIn(HttpServletRequest request, HttpServletResponse response) {
			new HttpSessionSecurityContextRepository().saveContext(SecurityContextHolder.getContext(), request,
					response);
		}

		@GetMapping("/log-out")
		void logOut(HttpServletRequest request) {
			request.getSession().invalidate();
		}

	}

}
