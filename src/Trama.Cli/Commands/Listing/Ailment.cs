using Trama.Diagnosis;

namespace Trama.Cli.Commands.Listing;

/// <summary>What is wrong with a socket now.</summary>
/// <param name="Finding">The finding that a capture of it would show.</param>
/// <param name="Weight">How bad it is: the larger, the sooner it is told.</param>
/// <param name="English">In words.</param>
/// <param name="Portuguese">In Portuguese.</param>
internal sealed record Ailment(FindingId Finding, int Weight, string English, string Portuguese);
