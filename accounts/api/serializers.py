"""What API clients may read of officials: never a number."""

from rest_framework import serializers

from accounts.models import Official, Post


class PostSerializer(serializers.ModelSerializer):
    """A post with its days."""

    department = serializers.CharField(source="department.uscc")

    class Meta:
        model = Post
        fields = ("department", "title", "leadership_code", "held_from", "held_to")


class OfficialSerializer(serializers.ModelSerializer):
    """An official without numbers."""

    name = serializers.CharField(source="person.name")
    department = serializers.CharField(source="department.uscc")
    posts = PostSerializer(many=True)

    class Meta:
        model = Official
        fields = ("id", "name", "personnel_kind", "rank_code", "department", "posts")
