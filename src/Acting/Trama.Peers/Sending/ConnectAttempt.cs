using System.Net;

namespace Trama.Peers.Sending;

/// <summary>A failed attempt to connect to one of the addresses of a name.</summary>
/// <param name="Address">The address.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Detail">The system's words, for <see cref="ClientFailure.Other"/>.</param>
public readonly record struct ConnectAttempt(IPAddress Address, ClientFailure Failure, string Detail);
