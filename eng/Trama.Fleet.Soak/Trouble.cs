namespace Trama.Fleet.Soak;

/// <summary>What is in trouble.</summary>
internal enum TroubleOf
{
    /// <summary>Hubs, and sensors that run.</summary>
    Hubs,

    /// <summary>Brokers, and the way to them.</summary>
    Brokers,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>Something that is done to the fleet.</summary>
/// <param name="At">When, as a share of the time in which all would be sent.</param>
/// <param name="Of">What is in trouble.</param>
/// <param name="AtOfHalf">When, where there is only that half of the troubles.</param>
/// <param name="What">What is done, in words.</param>
/// <param name="Act">Does it.</param>
internal sealed record Trouble(double At, TroubleOf Of, double AtOfHalf, string What, Action Act);
