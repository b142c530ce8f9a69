namespace Trama.Lab.Reenacting;

/// <summary>A SYN of another client, who never goes on.</summary>
/// <param name="AtNs">When, in nanoseconds since the scene's own client sent its first SYN; less than 0 for before.</param>
/// <param name="Client">Which client, from 0; each is another port.</param>
/// <param name="Address">Which address it has, from 0.</param>
/// <param name="IsAnswered">Whether the server's host answers; else its firewall takes it without a word.</param>
public sealed record SceneKnock(long AtNs, int Client, int Address, bool IsAnswered);
