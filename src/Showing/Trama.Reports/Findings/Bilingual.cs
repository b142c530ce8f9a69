namespace Trama.Reports.Findings;

/// <summary>The same text in the two languages.</summary>
internal readonly record struct Bilingual(string English, string Portuguese)
{
    public static implicit operator Bilingual((string English, string Portuguese) texts) => new(texts.English, texts.Portuguese);

    public string In(Language language) => language.Pick(English, Portuguese);
}
