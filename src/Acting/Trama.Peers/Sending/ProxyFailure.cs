namespace Trama.Peers.Sending;

/// <summary>Why a proxy did not connect.</summary>
public enum ProxyFailure
{
    /// <summary>It said so, with a code.</summary>
    Refused,

    /// <summary>It wants a name and a password, or did not accept them.</summary>
    SignIn,

    /// <summary>What it said does not belong to the protocol, or it said nothing more.</summary>
    NotAProxy,

    /// <summary>It did not answer in time.</summary>
    TimedOut,
}
