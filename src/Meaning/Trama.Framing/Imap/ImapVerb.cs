namespace Trama.Framing.Imap;

/// <summary>The commands that mean something for what follows.</summary>
internal enum ImapVerb : byte
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>Its arguments are a name and a password.</summary>
    Login,

    /// <summary>It is followed by steps of proving who the client is.</summary>
    Authenticate,

    /// <summary>A positive reply is followed by TLS.</summary>
    StartTls,

    /// <summary>What the server says until its end is news.</summary>
    Idle,

    /// <summary>It ends the dialogue.</summary>
    Logout,
}
