namespace Trama.Reports;

/// <summary>A language that Trama speaks to people. Packet lines are tcpdump's and are never translated.</summary>
public enum Language
{
    /// <summary>English.</summary>
    English,

    /// <summary>Brazilian Portuguese.</summary>
    Portuguese,
}

/// <summary>Choosing words.</summary>
public static class LanguageExtensions
{
    /// <summary>The text in this language. Both stand side by side where they are used, so that they change together.</summary>
    public static string Pick(this Language language, string english, string portuguese) =>
        language == Language.Portuguese ? portuguese : english;
}
