namespace Trama.View.Saving;

/// <summary>In which form a connection is saved.</summary>
internal enum SavedForm : byte
{
    /// <summary>Its packets.</summary>
    Pcap,

    /// <summary>Its ladder as a picture.</summary>
    Svg,

    /// <summary>A page.</summary>
    Html,

    /// <summary>What a ticket wants to know.</summary>
    Markdown,
}
