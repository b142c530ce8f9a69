namespace Trama.Framing.Credentials;

/// <summary>What lets somebody in: the one place that tells it, for whatever shows requests and whatever says them again.</summary>
internal static class Credential
{
    /// <summary>Whether a value is one, by its name or by itself.</summary>
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => !value.IsEmpty
        && ((!name.IsEmpty && CredentialName.Is(name)) || CredentialValue.Is(value)
            || (value.Length >= CredentialValue.LeastOpaque && CredentialName.MayBe(name) && CredentialValue.IsOpaque(value)));
}
