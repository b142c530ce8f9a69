namespace Trama.Lab.Experiments;

/// <summary>What can be said from one capture alone.</summary>
/// <param name="Visibility"><c>direct</c>; <c>indirect</c> when only consequences show; <c>none</c>.</param>
/// <param name="Labels">The right answers, best first.</param>
/// <param name="Parties">Whom a careful observer may name from there, the true one first.</param>
/// <param name="Related">Labels that are not the cause but not absurd.</param>
internal sealed record View(string Visibility, string[] Labels, string[] Parties, string[] Related)
{
    /// <summary>Nothing can be seen there.</summary>
    public static View None { get; } = new("none", [], [], []);

    /// <summary>The cause itself shows.</summary>
    public static View Direct(string label, params string[] parties) => new("direct", [label], parties, []);

    /// <summary>Only consequences show.</summary>
    public static View Indirect(string label, params string[] parties) => new("indirect", [label], parties, []);

    /// <summary>The same, where these labels are not absurd either.</summary>
    public View Near(params string[] labels) => this with { Related = labels };
}
