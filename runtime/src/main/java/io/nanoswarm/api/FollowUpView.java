package io.nanoswarm.api;

/**
 * A further question that a session works on now.
 *
 * @param id of the session
 * @param question its number, from 2
 */
public record FollowUpView(String id, int question) {}
