namespace Trama.Diagnosis;

/// <summary>Whose vantage point shows a finding best.</summary>
internal enum Beside : byte
{
    /// <summary>The client's.</summary>
    Client,

    /// <summary>The server's.</summary>
    Server,

    /// <summary>That of who sent the segments that it is about.</summary>
    Sender,

    /// <summary>That of the side whose it is.</summary>
    Party,
}
