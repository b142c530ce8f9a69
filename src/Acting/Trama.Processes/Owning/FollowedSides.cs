namespace Trama.Processes.Owning;

/// <summary>Whose sides of a connection are looked for.</summary>
[Flags]
public enum FollowedSides
{
    /// <summary>Nobody's.</summary>
    None = 0,

    /// <summary>The client's.</summary>
    Client = 1,

    /// <summary>The server's.</summary>
    Server = 2,

    /// <summary>Both.</summary>
    Both = Client | Server,
}
