namespace Trama.Cli.Commands.Diagnosing;

/// <summary>The form in which <c>trama diagnose</c> says what it found.</summary>
internal enum DiagnosisForm
{
    /// <summary>Text for people.</summary>
    Text,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    NdJson,
}
