using System.Xml.Linq;
using CsCheck;
using Trama.Reports.Courses;
using Trama.Reports.Text;

namespace Trama.Reports.Tests;

public class CourseTests
{
    private static readonly Gen<CourseMoment[]> s_courses =
        Gen.Select(Gen.Long[1, 10_000_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 5], Gen.Long[0, 3_600_000_000_000].Nullable())
            .Array[1, 300].Select(moments =>
            {
                long at = 0;
                return moments.Select(moment =>
                {
                    (long length, long answered, long failed, long? time) = moment;
                    at += length;
                    return new CourseMoment(at - length, length, answered, failed, time / 2, time);
                }).ToArray();
            });

    [Theory]
    [InlineData(false, Language.English, "rate   ▁▂▃▃▄▅▅▆▆█  up to 40/s\np99     ▂▃▄▄▅▆▆▇█  up to 9.00 ms\n")]
    [InlineData(true, Language.Portuguese, "taxa   _.,,:--==#  até 40/s\np99     .,::-==+#  até 9,00 ms\n")]
    public void A_course_is_two_lines_of_bars(bool ascii, Language language, string expected)
    {
        CourseMoment[] moments = [.. Enumerable.Range(0, 10).Select(i => new CourseMoment(
            i * 250_000_000L, 250_000_000, i < 9 ? i : 10, 0, i == 0 ? null : 1, i == 0 ? null : i * 1_000_000L))];
        Assert.Equal(expected, Text(moments, new TextOptions { Ascii = ascii, Language = language }));
    }

    [Fact]
    public void Any_course_fits_the_width_and_few_moments_are_none() => s_courses.Sample(moments =>
    {
        string[] lines = Text(moments, new TextOptions { Width = 80 }).Split('\n');
        return moments.Length < 8 ? lines is [""] : lines.All(line => line.Length <= 80);
    });

    [Fact]
    public void Any_course_makes_a_picture_and_a_page() => s_courses.Sample(moments =>
    {
        var page = new CoursePage("trama load [::1]:80 \e]2;x\a<&>", moments, Language.English);
        XElement picture = XElement.Parse(page.Picture());
        XElement html = XElement.Parse(page.Page("answered <1>").Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        foreach (XAttribute number in picture.Descendants().Concat(html.Descendants()).SelectMany(element => element.Attributes("cx")))
            Assert.InRange((double)number, 0, 920);
        Assert.Equal(moments.Any(moment => moment.P99Ns is not null) ? 2 : 1, html.Descendants("svg").Count());
        Assert.DoesNotContain("NaN", page.Page(""), StringComparison.Ordinal);
    }, iter: 50);

    private static string Text(CourseMoment[] moments, TextOptions options)
    {
        var text = new StyledText(false);
        CourseText.Draw(text, moments, 7, options);
        return text.ToString();
    }
}
