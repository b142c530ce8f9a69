namespace Trama.Framing.Ldap;

/// <summary>How an operation ended (RFC 4511 section 4.1.9 and appendix A).</summary>
internal static class LdapResult
{
    /// <summary>It did what was asked.</summary>
    public const long Success = 0;

    /// <summary>More steps of SASL follow.</summary>
    public const long SaslInProgress = 14;

    /// <summary>Writes a code and its name.</summary>
    public static void Write(long code, ref ShortText text)
    {
        text.Add(code);
        ReadOnlySpan<byte> name = Name(code);
        if (name.IsEmpty) return;
        text.Add(" "u8);
        text.Add(name);
    }

    /// <summary>Whether a code is an error: comparisons, referrals and steps are none.</summary>
    public static bool IsFailure(long code) => code is not (Success or 5 or 6 or 10 or SaslInProgress);

    private static ReadOnlySpan<byte> Name(long code) => code switch
    {
        Success => "success"u8,
        1 => "operationsError"u8,
        2 => "protocolError"u8,
        3 => "timeLimitExceeded"u8,
        4 => "sizeLimitExceeded"u8,
        5 => "compareFalse"u8,
        6 => "compareTrue"u8,
        7 => "authMethodNotSupported"u8,
        8 => "strongerAuthRequired"u8,
        10 => "referral"u8,
        11 => "adminLimitExceeded"u8,
        12 => "unavailableCriticalExtension"u8,
        13 => "confidentialityRequired"u8,
        SaslInProgress => "saslBindInProgress"u8,
        16 => "noSuchAttribute"u8,
        17 => "undefinedAttributeType"u8,
        18 => "inappropriateMatching"u8,
        19 => "constraintViolation"u8,
        20 => "attributeOrValueExists"u8,
        21 => "invalidAttributeSyntax"u8,
        32 => "noSuchObject"u8,
        33 => "aliasProblem"u8,
        34 => "invalidDNSyntax"u8,
        36 => "aliasDereferencingProblem"u8,
        48 => "inappropriateAuthentication"u8,
        49 => "invalidCredentials"u8,
        50 => "insufficientAccessRights"u8,
        51 => "busy"u8,
        52 => "unavailable"u8,
        53 => "unwillingToPerform"u8,
        54 => "loopDetect"u8,
        64 => "namingViolation"u8,
        65 => "objectClassViolation"u8,
        66 => "notAllowedOnNonLeaf"u8,
        67 => "notAllowedOnRDN"u8,
        68 => "entryAlreadyExists"u8,
        69 => "objectClassModsProhibited"u8,
        71 => "affectsMultipleDSAs"u8,
        80 => "other"u8,
        _ => default,
    };
}
